import { type Texts } from '../../told'

/** O que as etapas escrevem em inglês, frase por frase. */
export const sentences: Texts = {
  // Records
  'Nothing is known of it yet.': 'Ainda não se sabe nada dele.',
  'Something about it changed; waiting for its content.': 'Algo nele mudou; esperando o conteúdo.',
  'This resource is not selected for mirroring.': 'Este recurso não foi selecionado para ser espelhado.',
  'Test orders are not mirrored.': 'Pedidos de teste não são espelhados.',
  'Dismissed:': 'Dispensado:',
  'All of them have been looked at.': 'Todos foram vistos.',
  'It was stopped by an error in Parity.': 'Foi interrompido por um erro no Parity.',
  'What changes from now on is looked at all the same.':
    'O que mudar a partir de agora é visto do mesmo jeito.',
  'The shop has no connection any more.': 'A loja não tem mais nenhuma conexão.',
  'The worker stopped before the answer was noted.': 'O processo parou antes de anotar a resposta.',
  'The SaaS keeps what it was sent.': 'O SaaS fica com o que já recebeu.',
  // Delivery
  'It was to be removed from the SaaS, and is mirrored again; it is sent in a moment.':
    'Ia ser removido do SaaS, e é espelhado de novo; é enviado em instantes.',
  'It was to be removed from the SaaS, and is mirrored again; for more than a day nothing has come of it.':
    'Ia ser removido do SaaS, e é espelhado de novo; por mais de um dia isso não deu em nada.',
  'Stop mirroring this resource, and mirror it again.': 'Pare de espelhar este recurso, e espelhe-o de novo.',
  'The SaaS was told to delete it, and kept it: it has a newer revision.':
    'O SaaS recebeu o pedido de excluí-lo, e o manteve: ele tem uma revisão mais nova.',
  'Remove it again; if it stays, delete it in the SaaS.':
    'Remova-o de novo; se continuar lá, exclua-o no SaaS.',
  'The address of the SaaS leads into a network that is not public, where Parity does not go.':
    'O endereço do SaaS leva a uma rede que não é pública, aonde o Parity não vai.',
  'No SaaS is connected: you have disconnected it.': 'Nenhum SaaS está conectado: você o desconectou.',
  'Sending is paused.': 'O envio está pausado.',
  'The connection is not ready.': 'A conexão não está pronta.',
  'The address or the API key of the SaaS is missing.': 'Falta o endereço ou a chave de API do SaaS.',
  'The address of the SaaS is set, and its API key is not.':
    'O endereço do SaaS está definido, mas a chave de API não.',
  'The app is not installed.': 'O app não está instalado.',
  'The record could not be sent because of an error in Parity.':
    'O registro não pôde ser enviado por um erro no Parity.',
  'The stored state of this record cannot be read.': 'O estado guardado deste registro não pode ser lido.',
  'Check that PARITY_ENCRYPTION_KEY has the key that it was stored with.':
    'Confira se PARITY_ENCRYPTION_KEY contém a chave com que ele foi guardado.',
  'The SaaS refused the whole batch; the record is sent without it.':
    'O SaaS recusou o lote inteiro; o registro é enviado fora dele.',
  'Correct the record in the store, or have the SaaS take it and send it again.':
    'Corrija o registro na loja, ou faça o SaaS aceitá-lo e envie de novo.',
  'It was tried for more than a day.': 'Foi tentado por mais de um dia.',
  'Send it again when the SaaS has the record that this one refers to.':
    'Envie de novo quando o SaaS tiver o registro ao qual este se refere.',
  'Send it again when the SaaS is well.': 'Envie de novo quando o SaaS estiver bem.',
  'It did not fit into the calls that may be made at once; it goes with the next.':
    'Não coube nas chamadas que podem ser feitas ao mesmo tempo; vai na próxima.',
  'The connection was changed meanwhile; the record is sent anew.':
    'A conexão mudou nesse meio-tempo; o registro é enviado de novo.',
  'The database was too slow; the call was not made.':
    'O banco de dados estava lento demais; a chamada não foi feita.',
  // The SaaS
  'Nothing listens at the address of the SaaS.': 'Nada atende no endereço do SaaS.',
  'The SaaS broke the connection off.': 'O SaaS interrompeu a conexão.',
  'The SaaS could not be reached.': 'Não foi possível alcançar o SaaS.',
  'The SaaS did not accept a connection in time.': 'O SaaS não aceitou a conexão a tempo.',
  'The SaaS did not answer in time.': 'O SaaS não respondeu a tempo.',
  'The SaaS did not finish its answer in time.': 'O SaaS não terminou a resposta a tempo.',
  'The answer of the SaaS was cut off.': 'A resposta do SaaS foi cortada.',
  'The certificate of the SaaS could not be trusted (TLS).': 'O certificado do SaaS não é confiável (TLS).',
  'The name of the SaaS could not be looked up (DNS).': 'Não foi possível consultar o nome do SaaS (DNS).',
  'The name of the SaaS is not known (DNS).': 'O nome do SaaS não é conhecido (DNS).',
  'The SaaS answered a batch, but not with one result for each record.':
    'O SaaS respondeu a um lote, mas não com um resultado para cada registro.',
  'The SaaS answered, and did not take the batch': 'O SaaS respondeu e não aceitou o lote',
  'The SaaS answered, but not in a way that says whether it took the record.':
    'O SaaS respondeu, mas não de um modo que diga se aceitou o registro.',
  'The SaaS answered, and did not take the record': 'O SaaS respondeu e não aceitou o registro',
  'The SaaS wants a record first that this one refers to':
    'O SaaS quer primeiro um registro ao qual este se refere',
  'The SaaS asked for patience': 'O SaaS pediu paciência',
  'The SaaS gave an unexpected answer': 'O SaaS deu uma resposta inesperada',
  'The SaaS had an error of its own': 'O SaaS teve um erro próprio',
  'The SaaS has paused this account': 'O SaaS pausou esta conta',
  'The SaaS knows no such address': 'O SaaS não conhece este endereço',
  'The SaaS refused the API key': 'O SaaS recusou a chave de API',
  'The SaaS refused the record': 'O SaaS recusou o registro',
  // Events
  'It alters nothing that the SaaS would see.': 'Não altera nada que o SaaS veria.',
  'It says nothing.': 'Não diz nada.',
  'Something about it may have changed.': 'Algo nele pode ter mudado.',
  'What is held is newer, or of the same time and preferred.':
    'O que se tem é mais novo, ou da mesma hora e preferido.',
  'What it says could not be stored ({code}).': 'O que ele diz não pôde ser guardado ({code}).',
  'A request of the law was noted; it is due within {days} days.':
    'Um pedido da lei foi anotado; o prazo é de {days} dias.',
  'It is older than the present installation.': 'É mais antigo que a instalação atual.',
  'No run waits for it.': 'Nenhuma execução espera por ele.',
  'The app was uninstalled; nothing is sent any more.': 'O app foi desinstalado; nada mais é enviado.',
  'The granted scopes were noted.': 'As permissões concedidas foram anotadas.',
  'The run that waits for it was told.': 'A execução que espera por ele foi avisada.',
  "The shop's settings were noted.": 'As configurações da loja foram anotadas.',
  'The app is not installed in this shop.': 'O app não está instalado nesta loja.',
  'It names no inventory item.': 'Não cita nenhum item de estoque.',
  'The merge failed: both customers are as they were.':
    'A mesclagem falhou: os dois clientes estão como antes.',
  'The merge is not completed yet.': 'A mesclagem ainda não terminou.',
  'The body is nested too deeply.': 'O conteúdo tem níveis demais.',
  'The body is not JSON.': 'O conteúdo não é JSON.',
  'Nobody handles this topic.': 'Ninguém trata deste tópico.',
  'The body has a form that Parity does not know.': 'O conteúdo tem uma forma que o Parity não conhece.',
  'The field {field} {problem}.': 'O campo {field} tem um problema: {problem}.',
  'The body {problem}.': 'O conteúdo tem um problema: {problem}.',
  // Runs
  'The app was installed.': 'O app foi instalado.',
  'The app was installed again.': 'O app foi instalado de novo.',
  'The app was uninstalled.': 'O app foi desinstalado.',
  'A person asked for it.': 'Uma pessoa pediu.',
  'A person started it again.': 'Uma pessoa começou de novo.',
  'A person cancelled it. What had been read is kept.':
    'Uma pessoa cancelou. O que já tinha sido lido fica guardado.',
  'A person decided to keep them.': 'Uma pessoa decidiu mantê-los.',
  'It is done every day.': 'É feito todos os dias.',
  'A newer change took its place.': 'Uma mudança mais nova tomou o lugar dela.',
  'A newer comparison took its place.': 'Uma comparação mais nova tomou o lugar dela.',
  'More of the store is mirrored than before.': 'Mais da loja é espelhado do que antes.',
  'Parity may read more of the store than before.': 'O Parity pode ler mais da loja do que antes.',
  'More had changed than a look at the last changes can go through.':
    'Mudou mais do que uma olhada nas últimas mudanças consegue ver.',
  'Records are sent in another format: those that differ in it are sent again.':
    'Os registros são enviados em outro formato: os que ficam diferentes são enviados de novo.',
  'Records go to another account of the SaaS: all of them are sent there.':
    'Os registros vão para outra conta do SaaS: todos são enviados para lá.',
  'Records go to another address: all of them are sent there.':
    'Os registros vão para outro endereço: todos são enviados para lá.',
  'The selection of records has changed.': 'A seleção de registros mudou.',
  'What personal data may leave has changed: the records with such data are sent again.':
    'Mudou quais dados pessoais podem sair: os registros com esses dados são enviados de novo.',
  "The shop's currency is now known, or another: products carry it.":
    'A moeda da loja agora é conhecida, ou é outra: os produtos a levam.',
  'There was nothing to read.': 'Não havia nada para ler.',
  'Compared {things}; {things2} differed and {verb} repaired.':
    '{things} comparados; {things2} diferiam e foram corrigidos.',
  '{things} had gone from the store and {verb} deleted.': '{things} tinham sumido da loja e foram excluídos.',
  'Compared {things} records that had changed lately.':
    '{things} registros que mudaram há pouco foram comparados.',
  'No webhook had told of these: {list}.': 'Nenhum webhook tinha avisado destes: {list}.',
  'Shopify sent nothing of {things}.': 'A Shopify não enviou nada de {things}.',
  'Not in the store any more: {things}. {why}, nothing is deleted before a person confirms it.':
    'Não estão mais na loja: {things}. {why}, nada é excluído antes de uma pessoa confirmar.',
  'Because that is much': 'Como é muito',
  'Because a person decided before to keep some of it': 'Como uma pessoa já decidiu manter parte disso',
  'The store is asked for them.': 'A loja é consultada sobre eles.',
  'The SaaS has deleted all of them.': 'O SaaS excluiu todos.',
  'The SaaS has not deleted {things} of them: look at what has failed, and remove them again.':
    'O SaaS não excluiu {things} deles: veja o que falhou, e remova de novo.',
  'A person cancelled it. What the SaaS still has stays there.':
    'Uma pessoa cancelou. O que o SaaS ainda tem fica lá.',
  'A removal was cancelled: what was still to be deleted is left alone.':
    'Uma remoção foi cancelada: o que ainda faltava excluir fica como está.',
  'Records go to another place now.': 'Os registros agora vão para outro lugar.',
  'It is mirrored again.': 'É espelhado de novo.',
  'Because a person decided before to keep some of it, nothing is deleted before a person confirms it.':
    'Como uma pessoa já decidiu manter parte disso, nada é excluído antes de uma pessoa confirmar.',
  '{things} that {verb} not in the store any more {verb2} kept, as a person had decided.':
    '{things} que não estão mais na loja foram mantidos, como uma pessoa tinha decidido.',
  'While it ran, the store began to let Parity read fewer {things}. So what is missing may only be out of reach, and nothing was deleted.':
    'Durante a execução, a loja passou a deixar o Parity ler menos {things}. O que falta pode só estar fora do alcance, e nada foi excluído.',
  '{things} could not be read in full: {why} What was read is kept.':
    '{things} não puderam ser lidos por inteiro: {why} O que foi lido fica guardado.',
  '{things} were left out: {why}': '{things} ficaram de fora: {why}',
  'it is not known why.': 'não se sabe por quê.',
  'they are out of reach.': 'estão fora do alcance.',
  'The export expired before all of it was read.': 'A exportação expirou antes de ser toda lida.',
  'The store says that it wrote {things} records, and {things2} were read.':
    'A loja diz que escreveu {things} registros, e {things2} foram lidos.',
  'The store says that it wrote {things} lines, and {things2} were read.':
    'A loja diz que escreveu {things} linhas, e {things2} foram lidas.',
  '{things} of the records could not be understood, or lacked a part.':
    '{things} dos registros não puderam ser entendidos, ou faltava uma parte.',
  'It is not known yet what the store lets Parity read.':
    'Ainda não se sabe o que a loja deixa o Parity ler.',
  'Compared {things} records with what the SaaS holds, by hashes.':
    '{things} registros comparados com o que o SaaS tem, por hashes.',
  'Each is as it was delivered.': 'Cada um está como foi entregue.',
  'One was missing or different there, and is sent again.':
    'Um faltava ou estava diferente lá, e é enviado de novo.',
  '{things} were missing or different there, and are sent again.':
    '{things} faltavam ou estavam diferentes lá, e são enviados de novo.',
  'The SaaS holds {things} that Parity does not know; they are left alone.':
    'O SaaS tem {things} que o Parity não conhece; ficam como estão.',
  'What the SaaS holds could not be compared: {why}. It is tried again tomorrow.':
    'O que o SaaS tem não pôde ser comparado: {why}. Amanhã é tentado de novo.',
  'Parity was {things} from {from} to {to}.': 'O Parity {things} de {from} a {to}.',
  'What changed in the store meanwhile is looked for.':
    'O que mudou na loja nesse meio-tempo está sendo procurado.',
  // The store
  'Only orders of the last {days} days can be read: Shopify has not given Parity access to older ones (read_all_orders).':
    'Só os pedidos dos últimos {days} dias podem ser lidos: a Shopify não deu ao Parity acesso aos mais antigos (read_all_orders).',
  'Parity may not read {things}: the permission {scope} was not granted. Open Parity in the Shopify admin to grant it.':
    'O Parity não pode ler {things}: a permissão {scope} não foi concedida. Abra o Parity no admin da Shopify para concedê-la.',
  'Shopify does not let Parity read {things}: the app is not approved for that data.':
    'A Shopify não deixa o Parity ler {things}: o app não está aprovado para esses dados.',
  'Parity is not installed in this shop. Install it from the Shopify admin.':
    'O Parity não está instalado nesta loja. Instale-o pelo admin da Shopify.',
  'Shopify cannot be reached at the moment. Parity tries again by itself.':
    'Não é possível alcançar a Shopify no momento. O Parity tenta de novo sozinho.',
  'Shopify answered in a way that Parity does not understand.':
    'A Shopify respondeu de um modo que o Parity não entende.',
  'Shopify does not accept Parity’s access to this shop any more. Open Parity in the Shopify admin once to renew it.':
    'A Shopify não aceita mais o acesso do Parity a esta loja. Abra o Parity uma vez no admin da Shopify para renová-lo.',
  'The export that Shopify made came damaged. Parity reads it again.':
    'A exportação que a Shopify fez chegou danificada. O Parity a lê de novo.',
  'The export that Shopify made has expired. Parity asks for it again.':
    'A exportação que a Shopify fez expirou. O Parity a pede de novo.',
  'Shopify could not finish the export, for reasons of its own.':
    'A Shopify não conseguiu terminar a exportação, por motivos próprios.',
  'Shopify could not finish the export.': 'A Shopify não conseguiu terminar a exportação.',
  'Shopify gave the export up, because it took too long.':
    'A Shopify desistiu da exportação, porque demorou demais.',
  'Shopify refused the export, because a right to read is missing.':
    'A Shopify recusou a exportação, porque falta um direito de leitura.',
  'The export was called off.': 'A exportação foi cancelada.',
  'Stored data could not be read. Check that PARITY_ENCRYPTION_KEY is the key that it was stored with.':
    'Dados guardados não puderam ser lidos. Confira se PARITY_ENCRYPTION_KEY é a chave com que foram guardados.',
}

/** As palavras com que as frases contam. */
export const words: Texts = {
  order: 'pedido',
  orders: 'pedidos',
  Orders: 'Pedidos',
  'Older orders': 'Pedidos mais antigos',
  product: 'produto',
  products: 'produtos',
  Products: 'Produtos',
  customer: 'cliente',
  customers: 'clientes',
  Customers: 'Clientes',
  collection: 'coleção',
  collections: 'coleções',
  Collections: 'Coleções',
  and: 'e',
  'not reachable': 'esteve fora do alcance',
  'not at work': 'não trabalhou',
  'not running': 'esteve parado',
  'for a day': 'há um dia',
  since: 'desde',
  of: 'de',
}
