import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { crisisHelpFor } from '#modules/search/crisis.ts'
import {
  CrisisHelpDocument,
  FoundPassagesDocument,
  PostProblemDocument,
  SearchInDetailDocument,
} from '#test/__generated__/operations.ts'
import { createWorld, type World } from '#test/world.ts'

/** Somebody is in danger, now: the one who writes, or a person before them. */
const acute = [
  'Ich will nicht mehr leben.',
  'ich möchte einfach nicht mehr da sein',
  'Ich kann nicht mehr weiterleben',
  'Sie mag so nicht mehr leben, sagt sie',
  'Am liebsten würde ich nicht mehr aufwachen',
  'Ich möchte sterben',
  'Er will tot sein',
  'Ich wünschte, ich wäre tot',
  'Ich bringe mich um',
  'Mein Sohn will sich umbringen!',
  'Sie droht, sich umzubringen',
  'Ich will mir das Leben nehmen',
  'Er hat angekündigt, sich das Leben zu nehmen.',
  'Ein Bewohner hat versucht, sich das Leben zu nehmen',
  'Ich habe Angst, dass sie sich etwas antut',
  'Ich tue mir heute noch was an',
  'Er will Schluss machen mit seinem Leben',
  'Ich will meinem Leben ein Ende setzen',
  'Ich will allem ein Ende machen, ich halte das Leben nicht mehr aus',
  'Ein Klient ist akut suizidal, was tun?',
  'Unsere Bewohnerin äußert Suizidgedanken',
  'Eine Jugendliche spricht von Selbstmord',
  'Mein Kollege hat Suizidgedanken',
  'Ich habe Selbstmordgedanken',
  'Ich bin lebensmüde',
  'Ich sehe keinen Ausweg mehr',
  'Mein Leben hat keinen Sinn mehr',
  'Das Leben hat keinen Sinn mehr',
  'Es lohnt sich nicht mehr zu leben',
  'Er steht auf der Brücke und will springen',
  'Sie hat Tabletten geschluckt und antwortet nicht',
  'Der Jugendliche hat sich die Pulsadern aufgeschnitten',
  'Ein Gast in der Notunterkunft hat eine Überdosis genommen',
  'Mein Mann schlägt mich gerade wieder',
  'Er bedroht uns jetzt mit einem Messer',
  'Meine Tochter ritzt sich und will nicht mehr leben',
  'ICH WILL NICHT MEHR LEBEN',
  'ich moechte nicht mehr leben',
  'Ich möchte nicht mehr leben'.normalize('NFD'),
  'Sie sagt, dass sie nicht mehr leben will',
  'Er schreibt, dass er nur noch sterben will',
  'Für mich gibt es keinen Ausweg mehr',
  'Hilfe! Er würgt mich',
  'Klient mit Überdosis im Bad gefunden',
  'I want to die',
  'I am going to kill myself',
  'She says she wants to kill herself',
  'He wants to end his life tonight',
  'I don’t want to live anymore',
  "I don't want to live any more",
  'A resident is suicidal, what do we do?',
  'I’m feeling suicidal',
  'I have suicidal thoughts',
  'My client has taken an overdose',
  'My husband is hitting me right now',
]

/** Colleagues at work: they name the subject, and look for concepts, trainings and forms. */
const professional = [
  'Suizidprävention als Konzept',
  'Konzept zur Suizidprävention in der Altenhilfe',
  'Fortbildung: Umgang mit Suizidgedanken bei Jugendlichen',
  'Wie dokumentieren wir Suizidalität?',
  'Leitfaden Suizidalität für Mitarbeitende der Suchthilfe',
  'Handreichung zum assistierten Suizid',
  'Haltung der Diakonie zum assistierten Suizid',
  'Trauergruppe für Angehörige nach einem Suizid',
  'Krisendienst am Wochenende besetzen',
  'Rufbereitschaft im Krisendienst',
  'Krisenintervention: Ablaufplan gesucht',
  'Kündigung: Schluss machen mit Papier',
  'Wir wollen Schluss machen mit dem Papierkram',
  'Wir wollen endlich Schluss machen mit doppelter Erfassung',
  'Schluss machen mit der alten Software',
  'Sterbebegleitung im Hospiz',
  'Menschen zu Hause sterben lassen: ambulanter Hospizdienst',
  'Viele Bewohner wollen zu Hause sterben',
  'Möchte der Gast zu Hause sterben, braucht es einen Plan',
  'Eine Bewohnerin möchte zu Hause sterben',
  'Wenn jemand in Würde sterben will',
  'Ehrenamtliche möchten nicht mehr mitmachen',
  'Unser Vorstand will nicht mehr mitmachen',
  'Ich kann nicht mehr alle Termine annehmen',
  'Ich will nicht mehr ohne Dienstplan arbeiten',
  'Die Software will nicht mehr',
  'Bewohner will nicht mehr essen',
  'Gewaltschutzkonzept für die Kita',
  'Gewalt gegen Pflegekräfte: Meldeweg',
  'Mitarbeiterin wurde von einem Bewohner geschlagen, Unfallanzeige',
  'Schlägt uns jemand eine bessere Software vor?',
  'Er schlägt uns vor, die Daten jetzt umzuziehen',
  'Tabletten richten: Vier-Augen-Prinzip',
  'Medikamentengabe dokumentieren',
  'Überdosierung im Medikamentenplan vermeiden',
  'Notfallschulung Überdosis und Naloxon in der Drogenhilfe',
  'Umbringen lassen wir uns nicht von der Bürokratie',
  'Die Bürokratie bringt uns um',
  'Wie bringen wir den Hof um die Ecke in Ordnung?',
  'Springer im Dienstplan: wer will springen?',
  'Wer kann heute für mich springen?',
  'Wer tut sich zusammen und etwas an der Kita?',
  'Wie nehme ich mir Zeit für das Leben in der Gruppe?',
  'Leben im Alter, Wohnen nach Wunsch',
  'Nachruf: Was tun, wenn jemand stirbt?',
  'Abschiedskultur bei Todesfällen im Wohnheim',
  'TelefonSeelsorge Ehrenamtliche gewinnen',
  'Wir sehen keinen Ausweg mehr aus der Doppelerfassung',
  'Unser Projekt hat keinen Sinn mehr',
  'Suicide prevention concept for residential homes',
  'Training on suicidal clients for volunteers',
  'Killing paper forms for good',
  'End of life care in hospices',
  'We want to end the contract',
  'Where do residents want to die? Advance care planning',
  'How do you handle an overdose protocol?',
]

it('the lists are long', () => {
  expect(acute.length).toBeGreaterThanOrEqual(25)
  expect(professional.length).toBeGreaterThanOrEqual(30)
})

it.each(acute)('shows help: %s', (text) => {
  expect(crisisHelpFor(text, 'de')).not.toBeNull()
})

it.each(professional)('shows none: %s', (text) => {
  expect(crisisHelpFor(text, 'de')).toBeNull()
})

it('help is found within a long text, too, and takes no time', () => {
  const long = 'Der Dienstplan ist voll, und sie will, dass ich es mache. '.repeat(300)
  const start = performance.now()
  expect(crisisHelpFor(long, 'de')).toBeNull()
  expect(crisisHelpFor(`${long} Ich will nicht mehr leben. ${long}`, 'de')).not.toBeNull()
  for (const unit of ['ich ', 'will ', 'sich ', 'hat a ', 'er', 'mich a b c '])
    crisisHelpFor(unit.repeat(5_000), 'de')
  expect(performance.now() - start).toBeLessThan(500)
})

it('what stands in two sentences is no sign', () => {
  expect(crisisHelpFor('Ich. Konzept gegen Suizidgedanken', 'de')).toBeNull()
})

describe('by the public door', () => {
  let world: World
  const sign = 'Ich will nicht mehr leben'

  beforeAll(async () => {
    world = await createWorld()
    await world.organisation('writer')
  })
  afterAll(() => world.close())

  it('numbers in both languages, the most urgent first', async () => {
    for (const language of ['de', 'en-GB']) {
      const { crisisHelp } = await world.visitor.run(
        CrisisHelpDocument,
        { text: sign },
        { 'accept-language': language },
      )
      expect(crisisHelp?.contacts.map(({ phone }) => phone)).toEqual(
        expect.arrayContaining(['112', '0800 1110111', '116111', '116016', '116117']),
      )
      expect(crisisHelp?.contacts[0]?.phone).toBe('112')
      expect(crisisHelp?.message).toMatch(language === 'de' ? /Menschen/ : /somebody/)
    }
    const { crisisHelp } = await world.visitor.run(CrisisHelpDocument, { text: 'Dienstplan' })
    expect(crisisHelp).toBeNull()
  })

  it('beside hits and beside the problem', async () => {
    const help = async (query: string) =>
      (await world.visitor.run(SearchInDetailDocument, { query })).search.crisisHelp
    expect(await help(sign)).not.toBeNull()
    expect(await help('Suizidprävention als Konzept')).toBeNull()
    const writer = await world.person({ writer: 'EDITOR' })
    const of = async (title: string, body: string) => {
      const input = { title, body, fieldsOfWork: ['elder-care'], visibility: 'PUBLIC' as const }
      const { postProblem } = await writer.run(PostProblemDocument, { input })
      const { problem } = await world.visitor.run(FoundPassagesDocument, {
        id: postProblem.problem!.id,
      })
      return problem?.crisisHelp
    }
    expect(await of('Was tun?', 'Unsere Bewohnerin äußert Suizidgedanken.')).not.toBeNull()
    expect(await of(sign, '')).not.toBeNull()
    expect(await of('Konzept', 'Suizidprävention')).toBeNull()
  })

  it('is stored nowhere', async () => {
    const { rows } = await world.sql.query<{ table: string; column: string }>(
      `select table_name as table, column_name as column from information_schema.columns
       where table_schema = 'public' and (table_name like '%crisis%' or column_name like '%crisis%')`,
    )
    expect(rows).toEqual([])
  })
})
