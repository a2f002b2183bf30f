/**
 * Words that claim something, by kind and language. `*` stands for any ending, `!xx` holds an entry back for texts in that
 * language (it is harmless in another), several words are a phrase. Matching is
 * on folded text, so accents and case do not matter; Chinese, Japanese, Korean and Thai entries count anywhere in a run.
 * Deliberately broad: a line too many is dropped rather than a promise too many shown, and the brief's own claims pass.
 */

/** What sort of promise a claim is; it words the reason that the user reads. */
export type ClaimKind = 'number' | 'superlative' | 'comparison' | 'quality' | 'offer' | 'urgency' | 'rating';

/** Entries of every language together, separated by commas. */
export const CLAIM_WORDS: Readonly<Record<Exclude<ClaimKind, 'number'>, string>> = {
  superlative: [
    'best, finest, greatest, worst, most, least, latest, top, ultimate, perfect*, unbeat*, unmatched, unrival*, unparallel*, incomparabl*, unsurpass*, unique*, leading, leader, favourite*, favorite*, world class, worldclass, world leading, flawless*, ideal, supreme, peerless, second to none, like no other, nothing beats, the only, the first, worlds first, number one, one and only, always, never, forever, everyone, nobody, unbreakable, indestructible, legendary, iconic, superior, extraordinary, exceptional',
    'bester, beste, besten, bestes, bestem, meist, meiste*, einzigartig*, perfekt*, unschlagbar*, unubertroffen*, unvergleichlich*, optimal*, fuhrend*, marktfuhrer*, ultimativ*, lieblings*, spitzen*, weltklasse, nummer eins, nr eins, platz eins, konkurrenzlos*, makellos*, ideal*, immer, niemals, jeder liebt, alle lieben, unzerstorbar*, hochste*, hervorragend*, exzellent*, unikat*',
    'meilleur*, le mieux, la plus, le plus, les plus, le moins, la moins, les moins, parfait*, ultime*, incomparable*, inegale*, imbattable*, sans pareil*, prefere*, numero un, leader*, exceptionnel*, toujours, jamais, seul!fr, seule!fr, ideal*',
    'mejor, mejores, peor, unico*, unica*, perfect*, insuperable*, inigualable*, inmejorable*, imbatible*, optim*, favorit*, numero uno, lider*, excepcional*, siempre, nunca',
    'miglior*, peggior*, unico, unica, unici, uniche, perfett*, insuperabil*, imbattibil*, ineguagliabil*, ottim*, massim*, preferit*, numero uno, eccezional*, sempre, mai!it',
    'melhor*, pior*, perfeit*, imbativ*, insuperav*, inigualav*, otim*, maxim*, numero um, preferid*, excecional*, excepcional*, sempre',
    'beste, meest, meeste, perfect*, uniek*, ongeevenaard*, onovertroffen, onverslaanbaar, toonaangevend*, favoriet*, ultieme, nummer een, nummer 1, altijd, nooit, uitstekend*',
    'basta, bast, mest, perfekt*, unik*, oovertraffad*, alltid, bedste, bedst, unikke*, altid, beste, alltid, najlep*, najwiek*, nejlep*, nejvet*, idealn*, parhaat, paras, legjobb*',
    'лучш*, самый, самая, самое, самые, наилучш*, идеальн*, уникальн*, превосходн*, непревзойденн*, найкращ*, καλυτερ*, μοναδικ*, τελει*, الافضل, افضل, الاول, الاحسن, الاقوى, الاكثر, المثالي, الوحيد, الاروع, הכי, הטוב ביותר, ביותר, מושלם, en iyi, en guzel, essiz, mukemmel',
    '最, 第一, 顶级, 頂級, 顶尖, 頂尖, 极致, 極致, 唯一, 首个, 首個, 首创, 国家级, 完美, 無二, 世界初, 日本初, 日本一, 世界一, 一番, ナンバーワン, ナンバー1, 완벽, 최고, 최상, 최저, 최초, 가장, 제일, 유일, ที่สุด, सबसे, सर्वश्रेष्ठ',
  ].join(', '),
  comparison: [
    'better, more, less, fewer, worse, than, faster, stronger, lighter, softer, smoother, healthier, tastier, cleaner, brighter, longer, safer, easier, bigger, smaller, cheaper, richer, fresher, juicier, happier, quicker, thinner, smarter, cooler, warmer, deeper, greater, higher, lower, fuller, creamier, crispier, tougher, sharper, quieter, greener, superior, outperform*, beats, versus, vs, compared, unlike, other brands, leading brand, any other, improved, upgraded',
    'besser*, mehr, weniger, gunstiger*, billiger*, schneller*, starker*, gesunder*, leichter*, weicher*, frischer*, langer*, grosser*, kleiner als, einfacher*, sicherer*, verglichen, vergleich*, andere marken, uberlegen*',
    'mieux, plus, moins, superieur*, davantage, que les autres, autres marques, compare*',
    'mas!es, menos, superior*, que otros, otras marcas, comparad*',
    'piu, meno, meglio, superior*, rispetto a, altre marche',
    'mais!pt, menos, superior*, do que, outras marcas',
    'meer!nl, minder, beter*, sneller*, sterker*, goedkoper*, gezonder*, zachter*, dan andere, andere merken, vergeleken',
    'battre, mer!sv!nb, mindre, bedre, mere!da, lepsz*, wiecej, mniej, lepsi, vice!cs, лучше, больше, меньше, чем, πιο, περισσοτερ*, افضل من, اكثر, اقل, יותר, daha, より, もっと, 比, 更, 더, 보다',
  ].join(', '),
  quality: [
    'guarant*, warrant*, proven, proof, clinical*, scientific*, dermatolog*, tested, certif*, approved, award*, prize*, winner*, winning, medal*, patent*, free, refund*, money back, no risk, organic*, bio, eco, ecolog*, sustainab*, climate neutral, carbon, co2, recycl*, biodegrad*, compostab*, vegan*, vegetarian*, halal, kosher, natural*, pure, nontoxic, toxic*, chemical*, hypoallergenic, allergen*, health*, cure, cures, heals, healing, prevent*, detox*, anti aging, antiaging, rejuvenat*, wrinkle*, weight, slimm*, fat, immun*, antibacterial, antimicrobial, medical*, medicine*, doctor*, dentist*, expert*, scientist*, therap*, vitamin*, protein*, gluten*, lactose, sugarless, low fat, low calorie, calorie*, no sugar, no added, without sugar, additive*, preservative*, fda, iso, made in, handmade, hand made, handcrafted, hand crafted, authentic, genuine, official*, exclusiv*, trusted, recommended, loved by, millions, thousands, bestsell*, popular, safe, safety, waterproof, lifetime, lasting, new, brand new, innovat*, revolution*, breakthrough*, miracle*, instant*, results, energy, energis*, energiz*, fair trade, fairtrade, premium, established, family owned, ethical*, cruelty, plastic, non gmo, gmo',
    'garant*, bewiesen*, erwiesen*, klinisch*, wissenschaftlich*, dermatologisch*, getestet*, gepruft*, zertifi*, ausgezeichnet*, preisgekront*, testsieger*, patentier*, gratis, kostenlos*, umsonst, biologisch*, okologisch*, nachhaltig*, klimaneutral*, umweltfreundlich*, recycel*, kompostierbar*, vegetarisch*, naturlich*, naturrein*, gesund*, heilt, heilend*, heilung, schutzt, abnehmen, medizin*, arzt*, empfohlen*, zuckerfrei*, glutenfrei*, laktosefrei*, fettarm*, kalorien*, ohne zucker, ohne zusatz*, zusatzstoff*, handgemacht*, handgefertigt*, hergestellt in, exklusiv*, neu, neue, neuer, neues, neuen, verbessert*, original*, echt*, rein, reine, vertraut*, millionen, sicher, wasserdicht*, langlebig*, premium*, hochwertig*, qualitat*, revolutionar*, sofort*',
    'garanti*, prouve*, cliniquement, scientifiquement, teste, testes, testee*, certifie*, prime, primee, primes, recompense*, medaille*, brevet*, gratuit*, biologique*, ecologique*, durable*, sain, saine, sains, sante, soigne*, guerit, medica*, medecin*, recommande*, sans sucre, sans gluten, sans risque, calories, fait main, faite main, fabrique en, exclusif*, exclusive*, nouveau*, nouvelle*, naturel*, pur, pure, authentique*, qualite*, efficace*, revolutionnaire*',
    'garantiz*, garantia*, probado*, probada*, clinicamente, cientificamente, dermatologic*, certificad*, premiad*, galardonad*, patentad*, gratis, gratuit*, organic*, ecologic*, sostenib*, saludabl*, salud, cura, medic*, recomendad*, sin azucar, sin gluten, sin riesgo, calorias, hecho a mano, hecha a mano, hecho en, exclusiv*, nuevo, nueva, nuevos, nuevas, natural*, autentic*, calidad, eficaz*, revolucionari*',
    'garantit*, garanzi*, provat*, clinicamente, scientificamente, certificat*, premiat*, brevettat*, biologic*, sostenibil*, sano, sana, salute, medic*, espert*, raccomandat*, consigliat*, senza zucchero, senza glutine, senza rischi, calorie, fatto a mano, fatta a mano, fatto in, esclusiv*, nuovo, nuova, nuovi, nuove, naturale*, naturali, autentic*, qualita, efficac*, rivoluzionari*',
    'garantid*, garantia*, comprovad*, clinicamente, cientificamente, certificad*, premiad*, patentead*, gratis, organic*, sustentav*, saudav*, saude, especialist*, recomendad*, sem acucar, sem gluten, sem risco, feito a mao, feito em, exclusiv*, novo, nova, novos, novas, natura*, autentic*, qualidade, eficaz*, revolucionari*',
    'garande*, gegarandeerd*, bewezen, klinisch*, wetenschappelijk*, getest*, gecertificeerd*, bekroond*, gepatenteerd*, gratis, biologisch*, duurza*, gezond*, geneest, arts!nl, artsen, dokter*, aanbevolen, suikervrij*, glutenvrij*, zonder suiker, handgemaakt*, gemaakt in, exclusief*, exclusieve, nieuw*, natuurlijk*, puur, pure, authentiek*, kwaliteit*, revolutionai*',
    'gratis, garanterad*, okologisk*, ekologisk*, ny!sv!da!nb, nytt, nya, sund*!da!nb, gwarancj*, gwarantowan*, darmow*, bezplatn*, nowy, nowa, nowe, zdrow*, ekologiczn*, zdarma, zaruk*, novy, nova, бесплатн*, гарант*, нов*, клиническ*, натуральн*, здоров*, органическ*, сертифицир*, доказан*, δωρεαν, εγγυη*, νεο, υγι*, βιολογικ*, مجاني, مجانا, مجانية, ضمان, مضمون, مضمونة, طبيعي, طبيعية, عضوي, صحي, صحية, جديد, جديدة, معتمد, חינם, אחריות, חדש, חדשה, טבעי, בריא, אורגני, מוכח, bedava, ucretsiz, garanti*, organik, dogal, saglikli, yeni',
    '無料, 保証, 限定品, 受賞, 有機, オーガニック, 健康, 効果, 特許, 新発売, 新登場, 天然, 無添加, 公式, 人気, 免费, 免費, 保证, 保證, 获奖, 獲獎, 有机, 功效, 专利, 專利, 疗效, 療效, 全新, 纯天然, 無糖, 无糖, 무료, 보장, 수상, 유기농, 건강, 효과, 특허, 신제품, 천연, ฟรี, รับประกัน, मुफ्त',
  ].join(', '),
  offer: [
    'percent*, per cent, price*, sale, sales, discount*, deal, deals, offer*, bargain*, clearance, save, saving*, off, cheap*, affordable, value, coupon*, voucher*, cashback, gift, dollar*, euro, euros, cent, cents, pound, pounds, yen, franc*, usd, eur, gbp, chf, bucks, gratuity, bonus, giveaway, shipping, delivery',
    'prozent*, preis*, rabatt*, angebot*, sonderangebot*, gunstig*, billig*, reduziert*, spare, sparen, sparst, sparpreis*, geschenk*, versand*, lieferung*, gutschein*, schnappchen*, preiswert*, aktion*',
    'pour cent, pourcent*, prix, solde*, promo*, reduction*, remise*, economis*, rabais, offre*, offert*, cadeau*, livraison*, pas cher*, bon plan*',
    'por ciento, porcentaje, precio*, rebaja*, descuento*, oferta*, ahorr*, barat*, regalo*, envio*, promocion*',
    'per cento, percent*, prezz*, scont*, saldi, offert*, risparm*, economic*, regal*!it, spedizion*, promozion*',
    'por cento, preco*, desconto*, oferta*, promoc*, poupe*, poupan*, econom*, barat*, brinde*, frete*, entrega*',
    'procent*, prijs*, prijzen, korting*, aanbieding*, goedkop*, goedkoop, bespaar*, besparen, cadeau*, verzending*, bezorging*, uitverkoop, actie',
    'rabat*, tilbud*, rea, pris, priser, billig*, cena!pl!cs, ceny, promocj*, znizk*, sleva, процент*, скидк*, цена, цены, акци*, распродаж*, подар*, дешев*, εκπτωσ*, τιμη, προσφορ*, خصم, تخفيض, سعر, عرض, עروض, بالمئة, بالمائة, توفير, הנחה, מחיר, מבצע, indirim*, fiyat*, yuzde',
    '割引, 値引, 半額, 送料, 特価, セール, お得, 価格, パーセント, 折扣, 优惠, 優惠, 特价, 特價, 半价, 半價, 百分, 价格, 價格, 打折, 包邮, 赠, 할인, 가격, 퍼센트, 반값, 세일, 배송, ลดราคา, ราคา, छूट',
  ].join(', '),
  urgency: [
    'today, tonight, tomorrow, limited, hurry, last chance, while stocks last, while supplies last, ends, ending, deadline, now only, only now, black friday, cyber monday, until, this week, this weekend, this month, monday, tuesday, wednesday, thursday, friday, saturday, sunday, january, february, april, june, july, august, september, october, november, december, almost gone, selling fast, sold out, before its gone, before it is gone, dont miss, one time, once in a',
    'heute, morgen nur, nur heute, nur jetzt, limitiert*, solange, letzte chance, beeil*, schnell sein, endet, bis zum, nur noch, nur kurze, diese woche, dieses wochenende, montag*, dienstag*, mittwoch*, donnerstag*, freitag*, samstag*, sonntag*, januar, februar, marz, juni, juli, oktober, dezember, ausverkauft, fast weg',
    'aujourdhui, demain, limite, limitee*, limites, derniere*, dernier*, depechez*, vite, jusquau, cette semaine, ce week end, lundi, mardi, mercredi, jeudi, vendredi, samedi, dimanche, janvier, fevrier, avril, juin, juillet, aout, septembre, octobre, novembre, decembre, epuise*',
    'hoy, limitad*, ultima*, ultimo*, date prisa, hasta el, esta semana, este fin de semana, lunes, martes, miercoles, jueves, viernes, sabado, domingo, enero, febrero, abril, junio, julio, agosto, septiembre, octubre, noviembre, diciembre, agotad*',
    'oggi, limitat*, ultim*, affrettat*, fino al, questa settimana, lunedi, martedi, mercoledi, giovedi, venerdi, sabato, domenica, gennaio, febbraio, aprile, maggio, giugno, luglio, settembre, ottobre, dicembre, esaurit*',
    'hoje, limitad*, ultim*, apresse*, corra, ate ao, ate o, esta semana, este fim de semana, segunda feira, terca feira, quarta feira, quinta feira, sexta feira, janeiro, fevereiro, abril, junho, julho, setembro, outubro, novembro, dezembro, esgotad*',
    'vandaag, beperkt*, laatste, haast*, tot en met, deze week, dit weekend, maandag, dinsdag, woensdag, donderdag, vrijdag, zaterdag, zondag, januari, februari, maart, mei!nl, juni, juli, augustus, oktober, uitverkocht, op is op, wees snel',
    'idag, i dag, begransa*, begraenset, dzis, dzisiaj, ograniczon*, dnes, сегодня, только сейчас, ограничен*, успе*, последн*, σημερα, περιορισμεν*, اليوم, محدود, محدودة, لفترة, اسرع, היום, מוגבל, אחרון, bugun, sinirli, son sans',
    '本日, 今だけ, 限定, 期間, 残り, 今日, 限时, 限時, 限量, 最后, 最後, 仅限, 僅限, 抢购, 搶購, 오늘, 한정, 마감, 기간, 마지막, วันนี้, จำนวนจำกัด, आज',
  ].join(', '),
  rating: 'star, stars, rated, rating*, review*, reviewers, testimonial*, sterne, bewertung*, bewertet*, etoiles, avis!fr, note par, estrellas, valorad*, opinion*, stelle!it, recension*, estrelas, avaliac*, sterren, beoordel*, betyg, stjarnor, stjerner, gwiazdk*, ocen*, звезд*, рейтинг*, отзыв*, نجوم, تقييم, כוכבים, ביקורות, yildiz*, 五つ星, 星, 評価, レビュー, 口コミ, 好评, 好評, 评分, 評分, 별점, 후기, ★, ☆',
};

/** Number words, and words that multiply or divide; `!xx` restricts one to texts of that language. */
export const NUMBER_WORDS = [
  'two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, thirteen, fourteen, fifteen, sixteen, seventeen, eighteen, nineteen, twenty, thirty, forty, fifty, sixty, seventy, eighty, ninety, hundred*, thousand*, million*, billion*, trillion*, dozen*, half, halves, halved, quarter, twice, thrice, double*, triple*, tripling, quadruple*, twofold, threefold, tenfold, zero, number one, no one, dozens, couple',
  'zwei, drei, vier, funf, sechs, sieben!de, acht!de!nl, neun, zehn, elf!de!nl, zwolf, dreizehn, vierzehn, funfzehn, sechzehn, siebzehn, achtzehn, neunzehn, zwanzig, dreissig, vierzig, funfzig, sechzig, siebzig, achtzig, neunzig, hundert*, tausend*, milliard*, dutzend*, halb, halbe*, halbier*, doppelt*, doppel*, zweifach*, dreifach*, verdoppel*, null!de, zweimal, dreimal, zehnmal, halfte',
  'deux, trois, quatre, cinq, sept!fr, huit, neuf!fr, dix, onze!fr!pt, douze, treize, quatorze, quinze, seize!fr, vingt*, trente, quarante, cinquante, soixante, cent!fr, mille!fr!it, million*, milliard*, moitie, demi, demie, triple*, zero, douzaine*, centaine*, millier*',
  'dos!es, tres!es!pt, cuatro, cinco, seis, siete, ocho, nueve, diez, once!es, doce, trece, catorce, quince, veinte, treinta, cuarenta, cincuenta, sesenta, cien, ciento*, mil, millon*, mitad, doble*, triple*, medio!es!it, media!es, cero, docena*, cientos, miles!es',
  'due!it, tre!it!sv!da!nb, quattro, cinque, sei!it, sette!it, otto!it, nove!it!pt, dieci, undici, dodici, tredici, quattordici, quindici, venti!it, trenta, quaranta, cinquanta, cento, cent*!it, mila!it, milion*, meta!it, doppi*!it, tripl*!it, mezzo, mezza, dozzin*',
  'dois, duas, quatro, sete!pt, oito, dez, doze, treze, quinze, vinte, trinta, quarenta, cinquenta, cem, cento*, milhao, milhoes, milhares, metade, dobro, triplo, meio!pt, meia!pt, duzia*',
  'twee, drie, vijf, zes, zeven, negen, tien, twaalf, dertien, veertien, vijftien, twintig, dertig, veertig, vijftig, zestig, zeventig, tachtig, negentig, honderd*, duizend*, miljoen*, helft, dubbel*, driedubbel*, tweemaal, driemaal, nul!nl, tiental*, twee keer, tien keer',
  'tva!sv, fyra, fem, sju!sv, atta!sv, nio!sv, tio!sv, hundra*, tusen*, halften, dubbelt, dwa, trzy, cztery, piec!pl, szesc, siedem, osiem, dziewiec, dziesiec, sto!pl!cs, tysiac*, polow*, два, две, три, четыре, пять, шесть, семь!ru, восемь, девять, десять, двадцать, сто, тысяч*, миллион*, половин*, вдвое, дважды, δυο, τρια, δεκα, εκατο, χιλι*, διπλ*, اثنان, ثلاثة, اربعة, خمسة, عشرة, مئة, مائة, الف, مليون, نصف, ضعف, שני, שתי, שלוש, שלושה, חמש, עשר, עשרה, מאה, אלף, מיליון, חצי, כפול, iki!tr, uc!tr, bes!tr, yuz!tr, bin!tr, milyon, yari!tr, 倍, 半分, 割, ２つ, 一半, 两倍, 兩倍, 절반, 두배, 배로',
].join(', ');

/** Units that belong to the number before them; a number keeps its unit or is not the same number. */
export const UNITS: ReadonlySet<string> = new Set((
  'ml cl dl l liter litre liters litres litro litros litri g gr kg mg mcg oz lb lbs fl pt gal mm cm m km in inch inches ft zoll m2 m3 w kw kwh wh v mah ah hz khz mhz ghz db dpi px mp gb tb mb k ' +
  'h hr hrs hour hours std stunde stunden heure heures hora horas ora ore uur min mins minute minutes minuten minutos minuti sec secs second seconds sekunden secondes segundos s day days tag tage tagen jour jours dia dias giorno giorni dag dagen week weeks woche wochen semaine semaines month months monat monate mois year years jahr jahre jahren an ans ano anos anni jaar ' +
  'x % ‰ ° °c °f € $ £ ¥ ₹ eur usd gbp chf percent prozent procent pour por per piece pieces stuck pcs pack count kcal cal kj joule ppm bar psi rpm mph kmh proof vol times mal fois veces volte vezes keer star stars sterne plus +'
).split(' '));

/** The units among them that measure the product itself. */
export const SIZES: ReadonlySet<string> = new Set('ml cl dl l liter litre liters litres litro litros litri g gr kg mg oz lb lbs gal mm cm m km in inch inches ft zoll m2 m3'.split(' '));

/** Words too small to give a claim a context. */
export const FUNCTION_WORDS: ReadonlySet<string> = new Set((
  'a an the and or of with for from that which because so when while by made without into in on at to as is are was be it its this you your our my we us but if than ' +
  'der die das den dem des ein eine einen einem einer und oder mit fur aus von bei zu zum zur im in am an auf ist sind es dein deine ihr ihre unser unsere weil wenn damit ohne wie als ' +
  'le la les un une des du de d l et ou avec pour par dans sans sur en au aux qui que est sont votre vos ton ta notre ce cette ' +
  'el los las una y o con para sin por desde al del es son tu su que se lo ' +
  'il lo gli uno e ed per che senza dal dalla di da nel nella su sono tuo tua suo ' +
  'os as um uma com sem feito do da dos das no na seu sua ao ' +
  'het een en van met voor uit dat op aan je jouw uw zijn zonder door ' +
  'och i av med for og til w z i na do dla и в с на для'
).split(' '));

/** Words that turn a claim round or soften it; they must stand with it here exactly when they stand with it in the brief. */
export const FRAME_WORDS: ReadonlySet<string> = new Set((
  'not no never neither nor without isnt arent wasnt dont doesnt didnt wont cant nothing hardly barely almost nearly about approx approximately around up under over below above from until least maximum minimum max min only except ' +
  'nicht kein keine keinen keiner keines nie ohne kaum fast etwa ca circa bis unter uber ab nur ausser mindestens hochstens ' +
  'pas jamais aucun aucune sans presque environ jusqua moins seulement sauf ni ' +
  'nunca ningun ninguna sin casi aproximadamente hasta solo salvo excepto ni ' +
  'non mai nessun nessuna senza quasi circa fino solo tranne ne ' +
  'nao nenhum nenhuma sem quase cerca ate apenas exceto nem ' +
  'niet geen nooit zonder bijna ongeveer tot alleen behalve vanaf ' +
  'inte ikke ej nie ne не без нет почти около до لا ليس بدون غير לא בלי ללא'
).split(' '));
