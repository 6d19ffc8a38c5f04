/** Words that say nothing about what a text is about: German and English, question words included. Folded. */
export const stopWords = new Set(
  `aber alle allem allen aller alles als also am an andere anderen anderer anderes anders auch auf aus
  ausser bei beim bereits besonders besser bin bis bist bitte brauche brauchen braucht da dabei dadurch
  dafur dagegen daher damit danach dann daran darauf daraus darf darin darum das dass davon dazu dein
  deine dem den denen denn der deren des deshalb dessen dich die dies diese diesem diesen dieser dieses
  dir doch dort du durch durfen eben eher ein eine einem einen einer eines einige einigen einmal er es
  etwa etwas euch euer eure eurem euren eurer fast fur gab ganz gar geben gegen geht gehen gern gerne
  gewesen gibt ging gut gute guten habe haben habt hat hatte hatten hattet her hier hin hinter ich ihm
  ihn ihnen ihr ihre ihrem ihren ihrer im immer in ins irgendwie ist ja jede jedem jeden jeder jedes
  jemand jemandem jemanden jetzt kann kannst kein keine keinem keinen keiner konnen konnt konnte konnten
  kommen kommt lasse lassen lasst machen macht mal man manche mehr mein meine meinem meinen mich mir mit
  moglich mochte mochten muss mussen musst nach nachdem nein neu neue neuen neuer nicht nichts nie
  niemand noch nun nur ob oder ohne per pro schon sehr sei seid sein seine seinem seinen seiner seit
  selber selbst sich sie sind so sogar solche sollen sollte sollten soll somit sondern sonst sowie statt
  trotz trotzdem uber um und uns unser unsere unserem unseren unserer unter viel viele vielen vom von vor
  wahrend wann war ware waren warum was weil welche welchem welchen welcher welches wem wen wenig wenn
  wer werde werden weshalb wie wieder wieso wieviel will wir wird wirklich wo wobei wodurch wofur woher
  wohin wollen wollt womit woran worauf worum wurde wurden wurden zu zum zur zwar zwischen
  zb dh ua bzw usw etc ca ggf sog inkl
  a about after all also an and any are as at be because been but by can could did do does for from get
  had has have he her his how i if into is it its just me my no not of on or our out over she should so
  some than that the their them then there these they this those to too under up us was we were what
  when where which who whom why will with without would you your`.split(/\s+/),
)
