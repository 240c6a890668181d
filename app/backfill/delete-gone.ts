import { type StoreReader } from '../contracts/store-reader'
import { endRun } from './end-run'
import { type Gone } from './find-gone'
import { findMissing } from './find-missing'
import { foldVerdict } from './fold-verdict'
import { type Run } from './read-run'
import { type RunPorts } from './run-ports'
import { wordsOutOfReach } from './run-words'
import { snapshotOf } from './window-of'

/**
 * Deletes some of the records that a run has proved to be gone. They are asked for once more right before: a person may have taken days to
 * confirm.
 */
export async function deleteGone(
  run: Run,
  { resource, externalIds }: Gone,
  reader: StoreReader,
  ports: RunPorts,
): Promise<void> {
  const verdict = await findMissing(run, resource, externalIds, reader, ports)
  if (verdict === null) return endRun(run, { state: 'failed', words: wordsOutOfReach(resource) }, ports)
  await foldVerdict(run, resource, verdict, { snapshot: snapshotOf(run, resource), deletes: true }, ports)
}
