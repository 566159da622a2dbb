/** What the pages of the identity provider say, in the portal's languages. No word comes from outside. */

import type { Role } from "../../shared/domain/actor.ts";

/** What happened and what to do about it. */
interface Explanation {
  readonly title: string;
  readonly advice: string;
}

export interface Words {
  readonly signIn: string;
  readonly samplePeople: string;
  readonly sampleHelp: string;
  readonly role: Readonly<Record<Role, string>>;
  readonly byMail: string;
  readonly orByMail: string;
  readonly email: string;
  readonly emailHelp: string;
  readonly sendCode: string;
  readonly enterCode: string;
  readonly codeSent: string;
  readonly code: string;
  readonly codeHelp: string;
  readonly otherAddress: string;
  readonly signOut: string;
  readonly signOutQuestion: string;
  readonly signedInHere: string;
  readonly staySignedIn: string;
  readonly signedOut: string;
  readonly signInAgain: string;
  readonly toFairway: string;
  readonly forSupport: string;
  readonly notAnAddress: string;
  readonly tooManyCodes: string;
  readonly sixDigits: string;
  readonly wrongCode: (triesLeft: number) => string;
  readonly usedUp: string;
  readonly failures: {
    readonly expired: Explanation;
    readonly mayNotSignIn: Explanation;
    readonly tooLong: Explanation;
    readonly noPage: Explanation;
    readonly ours: Explanation;
    readonly foreign: Explanation;
  };
}

const en: Words = {
  signIn: "Sign in",
  samplePeople: "As a person of the sample programme",
  sampleHelp: "These people and their pilots are sample data: invented, and open to everyone who can reach this page.",
  role: {
    sme_member: "Company member",
    sme_admin: "Company admin",
    advisor: "Advisor",
    expert: "Expert",
    living_lab: "Living lab",
    coordinator: "Coordinator",
    auditor: "Auditor",
    administrator: "Administrator",
  },
  byMail: "With your e-mail address",
  orByMail: "Or with your e-mail address",
  email: "E-mail address",
  emailHelp: "We send a code of six digits to this address.",
  sendCode: "Send me a code",
  enterCode: "Enter your code",
  codeSent: "If the address is known here, a code is on its way to it. It is valid for ten minutes.",
  code: "Code of six digits",
  codeHelp: "From the e-mail we just sent. Look into the spam folder too.",
  otherAddress: "Use another address or ask for a new code",
  signOut: "Sign out",
  signOutQuestion: "Sign out?",
  signedInHere: "You are signed in on this device.",
  staySignedIn: "Stay signed in",
  signedOut: "You are signed out",
  signInAgain: "Sign in again",
  toFairway: "Go to Fairway",
  forSupport: "For support:",
  notAnAddress: "Enter an e-mail address such as name@company.example.",
  tooManyCodes: "Too many codes were asked for. Wait an hour, then try again.",
  sixDigits: "The code has six digits.",
  wrongCode: (triesLeft) => `This is not the code we sent. Tries left: ${triesLeft}.`,
  usedUp: "This code is no longer valid. Ask for a new one below.",
  failures: {
    expired: {
      title: "This sign-in has expired",
      advice:
        "It took too long, was finished before, or was begun in another browser. Go to Fairway and sign in again.",
    },
    mayNotSignIn: {
      title: "You cannot sign in",
      advice: "This account may not be used at present. Ask the coordinator of your programme.",
    },
    tooLong: {
      title: "That was too long",
      advice: "The form holds more than it can. Go to Fairway and sign in again.",
    },
    noPage: { title: "There is no such page", advice: "Check the address, or go to Fairway." },
    ours: {
      title: "Something went wrong here",
      advice: "It is not your fault. Try again in a minute; if it stays, tell the coordinator of your programme.",
    },
    foreign: {
      title: "This link does not belong to Fairway",
      advice: "The page that sent you here is not known. Go to Fairway and sign in there.",
    },
  },
};

const et: Words = {
  signIn: "Logi sisse",
  samplePeople: "Näidisprogrammi inimesena",
  sampleHelp:
    "Need inimesed ja nende pilootprojektid on näidisandmed: välja mõeldud ja avatud kõigile, kes sellele lehele pääsevad.",
  role: {
    sme_member: "Ettevõtte liige",
    sme_admin: "Ettevõtte haldur",
    advisor: "Nõustaja",
    expert: "Ekspert",
    living_lab: "Eluslabor",
    coordinator: "Koordinaator",
    auditor: "Audiitor",
    administrator: "Süsteemihaldur",
  },
  byMail: "Oma e-posti aadressiga",
  orByMail: "Või oma e-posti aadressiga",
  email: "E-posti aadress",
  emailHelp: "Saadame sellele aadressile kuuekohalise koodi.",
  sendCode: "Saada mulle kood",
  enterCode: "Sisestage kood",
  codeSent: "Kui aadress on siin teada, on kood teel. See kehtib kümme minutit.",
  code: "Kuuekohaline kood",
  codeHelp: "Äsja saadetud e-kirjast. Vaadake ka rämpsposti kausta.",
  otherAddress: "Kasuta teist aadressi või küsi uus kood",
  signOut: "Logi välja",
  signOutQuestion: "Kas logida välja?",
  signedInHere: "Olete selles seadmes sisse logitud.",
  staySignedIn: "Jää sisselogituks",
  signedOut: "Olete välja logitud",
  signInAgain: "Logi uuesti sisse",
  toFairway: "Mine Fairwaysse",
  forSupport: "Kasutajatoele:",
  notAnAddress: "Sisestage e-posti aadress, näiteks nimi@ettevote.example.",
  tooManyCodes: "Koode on küsitud liiga palju. Oodake tund ja proovige uuesti.",
  sixDigits: "Koodis on kuus numbrit.",
  wrongCode: (triesLeft) => `See pole kood, mille saatsime. Katseid jäänud: ${triesLeft}.`,
  usedUp: "See kood enam ei kehti. Küsige allpool uus.",
  failures: {
    expired: {
      title: "See sisselogimine on aegunud",
      advice:
        "See kestis liiga kaua, oli juba lõpetatud või algas teises brauseris. Minge Fairwaysse ja logige uuesti sisse.",
    },
    mayNotSignIn: {
      title: "Te ei saa sisse logida",
      advice: "Seda kontot ei saa praegu kasutada. Küsige oma programmi koordinaatorilt.",
    },
    tooLong: {
      title: "See oli liiga pikk",
      advice: "Vormis on rohkem, kui sinna mahub. Minge Fairwaysse ja logige uuesti sisse.",
    },
    noPage: { title: "Sellist lehte ei ole", advice: "Kontrollige aadressi või minge Fairwaysse." },
    ours: {
      title: "Siin läks midagi valesti",
      advice:
        "See pole teie viga. Proovige minuti pärast uuesti; kui see jääb nii, öelge oma programmi koordinaatorile.",
    },
    foreign: {
      title: "See link ei kuulu Fairwayle",
      advice: "Leht, mis teid siia saatis, pole teada. Minge Fairwaysse ja logige seal sisse.",
    },
  },
};

const fi: Words = {
  signIn: "Kirjaudu sisään",
  samplePeople: "Esimerkkiohjelman henkilönä",
  sampleHelp:
    "Nämä henkilöt ja heidän pilottinsa ovat esimerkkiaineistoa: keksittyjä ja avoimia kaikille, jotka pääsevät tälle sivulle.",
  role: {
    sme_member: "Yrityksen jäsen",
    sme_admin: "Yrityksen pääkäyttäjä",
    advisor: "Neuvoja",
    expert: "Asiantuntija",
    living_lab: "Living lab",
    coordinator: "Koordinaattori",
    auditor: "Tarkastaja",
    administrator: "Ylläpitäjä",
  },
  byMail: "Sähköpostiosoitteella",
  orByMail: "Tai sähköpostiosoitteella",
  email: "Sähköpostiosoite",
  emailHelp: "Lähetämme tähän osoitteeseen kuusinumeroisen koodin.",
  sendCode: "Lähetä minulle koodi",
  enterCode: "Anna koodi",
  codeSent: "Jos osoite tunnetaan täällä, koodi on matkalla. Se on voimassa kymmenen minuuttia.",
  code: "Kuusinumeroinen koodi",
  codeHelp: "Sähköpostista, jonka juuri lähetimme. Katso myös roskapostikansiosta.",
  otherAddress: "Käytä toista osoitetta tai pyydä uusi koodi",
  signOut: "Kirjaudu ulos",
  signOutQuestion: "Kirjaudutaanko ulos?",
  signedInHere: "Olet kirjautunut sisään tällä laitteella.",
  staySignedIn: "Pysy kirjautuneena",
  signedOut: "Olet kirjautunut ulos",
  signInAgain: "Kirjaudu uudelleen",
  toFairway: "Siirry Fairwayhin",
  forSupport: "Tukea varten:",
  notAnAddress: "Anna sähköpostiosoite, esimerkiksi nimi@yritys.example.",
  tooManyCodes: "Koodeja on pyydetty liikaa. Odota tunti ja yritä uudelleen.",
  sixDigits: "Koodissa on kuusi numeroa.",
  wrongCode: (triesLeft) => `Tämä ei ole lähettämämme koodi. Yrityksiä jäljellä: ${triesLeft}.`,
  usedUp: "Tämä koodi ei ole enää voimassa. Pyydä uusi alta.",
  failures: {
    expired: {
      title: "Tämä kirjautuminen on vanhentunut",
      advice:
        "Se kesti liian kauan, oli jo valmis tai alkoi toisessa selaimessa. Siirry Fairwayhin ja kirjaudu uudelleen.",
    },
    mayNotSignIn: {
      title: "Et voi kirjautua sisään",
      advice: "Tätä tiliä ei voi nyt käyttää. Kysy ohjelmasi koordinaattorilta.",
    },
    tooLong: {
      title: "Se oli liian pitkä",
      advice: "Lomakkeessa on enemmän kuin siihen mahtuu. Siirry Fairwayhin ja kirjaudu uudelleen.",
    },
    noPage: { title: "Sivua ei ole", advice: "Tarkista osoite tai siirry Fairwayhin." },
    ours: {
      title: "Täällä meni jotain vikaan",
      advice:
        "Se ei ole sinun vikasi. Yritä minuutin kuluttua uudelleen; jos vika jatkuu, kerro ohjelmasi koordinaattorille.",
    },
    foreign: {
      title: "Tämä linkki ei kuulu Fairwayhin",
      advice: "Sivua, joka lähetti sinut tänne, ei tunneta. Siirry Fairwayhin ja kirjaudu siellä.",
    },
  },
};

const lt: Words = {
  signIn: "Prisijungti",
  samplePeople: "Kaip pavyzdinės programos asmuo",
  sampleHelp:
    "Šie žmonės ir jų bandomieji projektai yra pavyzdiniai duomenys: išgalvoti ir atviri visiems, kas pasiekia šį puslapį.",
  role: {
    sme_member: "Įmonės narys",
    sme_admin: "Įmonės administratorius",
    advisor: "Konsultantas",
    expert: "Ekspertas",
    living_lab: "Gyvoji laboratorija",
    coordinator: "Koordinatorius",
    auditor: "Auditorius",
    administrator: "Sistemos administratorius",
  },
  byMail: "Su savo el. pašto adresu",
  orByMail: "Arba su savo el. pašto adresu",
  email: "El. pašto adresas",
  emailHelp: "Šiuo adresu atsiųsime šešių skaitmenų kodą.",
  sendCode: "Atsiųsti kodą",
  enterCode: "Įveskite kodą",
  codeSent: "Jei adresas čia žinomas, kodas jau siunčiamas. Jis galioja dešimt minučių.",
  code: "Šešių skaitmenų kodas",
  codeHelp: "Iš ką tik išsiųsto el. laiško. Pažiūrėkite ir šlamšto aplanke.",
  otherAddress: "Naudoti kitą adresą arba prašyti naujo kodo",
  signOut: "Atsijungti",
  signOutQuestion: "Atsijungti?",
  signedInHere: "Esate prisijungę šiame įrenginyje.",
  staySignedIn: "Likti prisijungus",
  signedOut: "Jūs atsijungėte",
  signInAgain: "Prisijungti iš naujo",
  toFairway: "Eiti į Fairway",
  forSupport: "Pagalbai:",
  notAnAddress: "Įveskite el. pašto adresą, pavyzdžiui, vardas@imone.example.",
  tooManyCodes: "Prašyta per daug kodų. Palaukite valandą ir bandykite dar kartą.",
  sixDigits: "Kodą sudaro šeši skaitmenys.",
  wrongCode: (triesLeft) => `Tai ne tas kodas, kurį išsiuntėme. Liko bandymų: ${triesLeft}.`,
  usedUp: "Šis kodas nebegalioja. Paprašykite naujo žemiau.",
  failures: {
    expired: {
      title: "Šis prisijungimas nebegalioja",
      advice:
        "Jis užtruko per ilgai, jau buvo baigtas arba pradėtas kitoje naršyklėje. Eikite į Fairway ir prisijunkite iš naujo.",
    },
    mayNotSignIn: {
      title: "Prisijungti negalite",
      advice: "Šia paskyra dabar naudotis negalima. Kreipkitės į savo programos koordinatorių.",
    },
    tooLong: {
      title: "Per ilgas tekstas",
      advice: "Formoje yra daugiau, nei telpa. Eikite į Fairway ir prisijunkite iš naujo.",
    },
    noPage: { title: "Tokio puslapio nėra", advice: "Patikrinkite adresą arba eikite į Fairway." },
    ours: {
      title: "Kažkas čia nepavyko",
      advice:
        "Tai ne jūsų kaltė. Po minutės bandykite dar kartą; jei nepadeda, praneškite savo programos koordinatoriui.",
    },
    foreign: {
      title: "Ši nuoroda nėra Fairway nuoroda",
      advice: "Puslapis, iš kurio atėjote, nežinomas. Eikite į Fairway ir prisijunkite ten.",
    },
  },
};

const lv: Words = {
  signIn: "Pieteikties",
  samplePeople: "Kā parauga programmas persona",
  sampleHelp: "Šie cilvēki un viņu pilotprojekti ir parauga dati: izdomāti un pieejami ikvienam, kas nonāk šajā lapā.",
  role: {
    sme_member: "Uzņēmuma dalībnieks",
    sme_admin: "Uzņēmuma administrators",
    advisor: "Konsultants",
    expert: "Eksperts",
    living_lab: "Dzīvā laboratorija",
    coordinator: "Koordinators",
    auditor: "Revidents",
    administrator: "Sistēmas administrators",
  },
  byMail: "Ar savu e-pasta adresi",
  orByMail: "Vai ar savu e-pasta adresi",
  email: "E-pasta adrese",
  emailHelp: "Uz šo adresi nosūtīsim sešu ciparu kodu.",
  sendCode: "Sūtīt man kodu",
  enterCode: "Ievadiet kodu",
  codeSent: "Ja adrese šeit ir zināma, kods jau ir ceļā. Tas ir derīgs desmit minūtes.",
  code: "Sešu ciparu kods",
  codeHelp: "No tikko nosūtītā e-pasta. Ieskatieties arī surogātpasta mapē.",
  otherAddress: "Izmantot citu adresi vai lūgt jaunu kodu",
  signOut: "Izrakstīties",
  signOutQuestion: "Vai izrakstīties?",
  signedInHere: "Šajā ierīcē esat pieteicies.",
  staySignedIn: "Palikt",
  signedOut: "Jūs esat izrakstījies",
  signInAgain: "Pieteikties vēlreiz",
  toFairway: "Doties uz Fairway",
  forSupport: "Atbalstam:",
  notAnAddress: "Ievadiet e-pasta adresi, piemēram, vards@uznemums.example.",
  tooManyCodes: "Lūgts pārāk daudz kodu. Pagaidiet stundu un mēģiniet vēlreiz.",
  sixDigits: "Kodā ir seši cipari.",
  wrongCode: (triesLeft) => `Šis nav kods, ko nosūtījām. Atlikuši mēģinājumi: ${triesLeft}.`,
  usedUp: "Šis kods vairs nav derīgs. Lūdziet jaunu zemāk.",
  failures: {
    expired: {
      title: "Šīs pieteikšanās laiks ir beidzies",
      advice:
        "Tā ilga pārāk ilgi, jau bija pabeigta vai tika sākta citā pārlūkā. Dodieties uz Fairway un piesakieties vēlreiz.",
    },
    mayNotSignIn: {
      title: "Jūs nevarat pieteikties",
      advice: "Šo kontu pašlaik nevar lietot. Vaicājiet savas programmas koordinatoram.",
    },
    tooLong: {
      title: "Tas bija pārāk garš",
      advice: "Veidlapā ir vairāk, nekā tajā ietilpst. Dodieties uz Fairway un piesakieties vēlreiz.",
    },
    noPage: { title: "Tādas lapas nav", advice: "Pārbaudiet adresi vai dodieties uz Fairway." },
    ours: {
      title: "Šeit kaut kas nogāja greizi",
      advice: "Tā nav jūsu vaina. Mēģiniet pēc minūtes vēlreiz; ja nelīdz, pasakiet savas programmas koordinatoram.",
    },
    foreign: {
      title: "Šī saite nepieder Fairway",
      advice: "Lapa, kas jūs šurp atsūtīja, nav zināma. Dodieties uz Fairway un piesakieties tur.",
    },
  },
};

const sv: Words = {
  signIn: "Logga in",
  samplePeople: "Som en person i exempelprogrammet",
  sampleHelp: "Personerna och deras piloter är exempeldata: påhittade och öppna för alla som når den här sidan.",
  role: {
    sme_member: "Företagets medlem",
    sme_admin: "Företagets administratör",
    advisor: "Rådgivare",
    expert: "Expert",
    living_lab: "Living lab",
    coordinator: "Koordinator",
    auditor: "Revisor",
    administrator: "Systemadministratör",
  },
  byMail: "Med din e-postadress",
  orByMail: "Eller med din e-postadress",
  email: "E-postadress",
  emailHelp: "Vi skickar en sexsiffrig kod till adressen.",
  sendCode: "Skicka en kod till mig",
  enterCode: "Ange din kod",
  codeSent: "Om adressen är känd här är en kod på väg till den. Den gäller i tio minuter.",
  code: "Sexsiffrig kod",
  codeHelp: "Ur mejlet vi just skickade. Titta också i skräpposten.",
  otherAddress: "Använd en annan adress eller be om en ny kod",
  signOut: "Logga ut",
  signOutQuestion: "Logga ut?",
  signedInHere: "Du är inloggad på den här enheten.",
  staySignedIn: "Förbli inloggad",
  signedOut: "Du är utloggad",
  signInAgain: "Logga in igen",
  toFairway: "Gå till Fairway",
  forSupport: "För support:",
  notAnAddress: "Ange en e-postadress, till exempel namn@foretag.example.",
  tooManyCodes: "För många koder har begärts. Vänta en timme och försök igen.",
  sixDigits: "Koden har sex siffror.",
  wrongCode: (triesLeft) => `Det är inte koden vi skickade. Försök kvar: ${triesLeft}.`,
  usedUp: "Koden gäller inte längre. Be om en ny nedan.",
  failures: {
    expired: {
      title: "Inloggningen har gått ut",
      advice:
        "Den tog för lång tid, var redan klar eller började i en annan webbläsare. Gå till Fairway och logga in igen.",
    },
    mayNotSignIn: {
      title: "Du kan inte logga in",
      advice: "Kontot får inte användas just nu. Fråga programmets koordinator.",
    },
    tooLong: {
      title: "Det var för långt",
      advice: "Formuläret innehåller mer än det rymmer. Gå till Fairway och logga in igen.",
    },
    noPage: { title: "Sidan finns inte", advice: "Kontrollera adressen eller gå till Fairway." },
    ours: {
      title: "Något gick fel här",
      advice: "Det är inte ditt fel. Försök igen om en minut; hjälper det inte, säg till programmets koordinator.",
    },
    foreign: {
      title: "Länken hör inte till Fairway",
      advice: "Sidan som skickade dig hit är inte känd. Gå till Fairway och logga in där.",
    },
  },
};

const languages: Readonly<Record<string, Words>> = { en, et, fi, lt, lv, sv };

/** The first of these languages that there are words in, English otherwise; as in `ui_locales` and Accept-Language. */
export function languageFrom(...wanted: readonly (string | undefined)[]): string {
  const tags = wanted.flatMap((list) => list?.split(/[\s,]+/) ?? []);
  const primary = tags.map((tag) => tag.split(/[-;]/)[0]?.toLowerCase() ?? "");
  return primary.find((language) => Object.hasOwn(languages, language)) ?? "en";
}

export const wordsIn = (language: string): Words => languages[language] ?? en;
