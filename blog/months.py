"""The names of months and weekdays in the larger languages, as the Unicode CLDR has them: https://cldr.unicode.org/

Lower case and without accents, as ``blog.dates.folded`` makes them. Where two languages give one name to two months,
the larger one has it.
"""

from __future__ import annotations

NAMES = (
    "ene enero gen gener gennaio ian ianuarie jaan jaanuar jan janeiro januar januara januari january janv janvaris "
    "janvier led leden ledna oca ocak saus sausio sausis sij sijecanj sijecnja sty styczen stycznia tammi tammikuu "
    "tammikuuta ιαν ιανουαριοσ ιανουαριου січ січень січня янв январь января яну януари ינו ינואר يناير",
    "feb febbraio febr febrer febrero februar februara februari februarie februaris february fev fevereiro fevr "
    "fevrier helmi helmikuu helmikuuta lut lutego luty sub subat uno unor unora vas vasario vasaris veebr veebruar "
    "velj veljaca veljace φεβ φεβρουαριοσ φεβρουαριου лют лютии лютого фев февр февраль февраля февруари פבר פברואר "
    "فبراير",
    "bre brezen brezna kov kovas kovo maalis maaliskuu maaliskuuta maart mac mar marc marca march marcius marco marec "
    "maret mars mart martie marts marz marzec marzo mrt ozu ozujak ozujka μαρ μαρτιοσ μαρτιου бер березень березня "
    "мар март марта מרץ مارس",
    "abr abril apr april aprila aprile aprilie aprilis aprill avr avril bal balandis balandzio dub duben dubna huhti "
    "huhtikuu huhtikuuta kwi kwiecien kwietnia nis nisan tra travanj travnja απρ απριλιοσ απριλιου апр апрель апреля "
    "април квіт квітень квітня אפר אפריל ابريل",
    "geg geguze geguzes kve kveten kvetna mag maggio mai maig maijs maio maj maja majus may mayis mayo mei svi "
    "svibanj svibnja touko toukokuu toukokuuta μαι μαιοσ μαιου маи мая трав травень травня מאי مايو",
    "birz birzelio birzelis cerven cervna cvn cze czerwca czerwiec giu giugno haz haziran iun iunie juin jun juna "
    "june junho juni junij junijs junio junius juny juuni kesa kesakuu kesakuuta lipanj lipnja ιουν ιουνιοσ ιουνιου "
    "июн июнь июня черв червень червня юни יוני يونيو",
    "cervence cervenec cvc heina heinakuu heinakuuta iul iulie juil juillet jul jula julai julho juli julij julijs "
    "julio juliol julius july juuli liep liepa liepos lip lipca lipiec lug luglio srpanj srpnja tem temmuz ιουλ "
    "ιουλιοσ ιουλιου июл июль июля лип липень липня юли יולי يوليو",
    "ag ago agost agosto agu agustos agustus aout aug august augusta augusti augusts augustus augusztus avg avgust "
    "elo elokuu elokuuta kol kolovoz kolovoza ogo ogos rugp rugpjucio rugpjutis sie sierpien sierpnia srp srpen srpna "
    "αυγ αυγουστοσ αυγουστου авг август августа серп серпень серпня אוג אוגוסט اغسطس",
    "eyl eylul rugs rugsejis rugsejo ruj rujan rujna sep sept september septembra septembre septembrie septembris "
    "septiembre set setembre setembro settembre syys syyskuu syyskuuta szept szeptember wrz wrzesien wrzesnia zar "
    "zari σεπ σεπτεμβριοσ σεπτεμβριου вер вересень вересня сент сентябрь сентября сеп септември ספט ספטמבר سبتمبر",
    "eki ekim loka lokakuu lokakuuta oct october octobre octombrie octubre okt oktober oktobra oktobris oktoober ott "
    "ottobre out outubro paz pazdziernik pazdziernika rij rijen rijna spal spalio spalis οκτ οκτωβριοσ οκτωβριου жовт "
    "жовтень жовтня окт октомври октябрь октября אוק אוקטובר اكتوبر",
    "kas kasim lapkr lapkricio lapkritis lis listopad listopada listopadu marras marraskuu marraskuuta noiembrie nov "
    "november novembra novembre novembris novembro noviembre stu studeni studenoga νοε νοεμβριοσ νοεμβριου лист "
    "листопад листопада ное ноември нояб ноябрь ноября נוב נובמבר نوفمبر",
    "ara aralik dec december decembra decembre decembrie decembris des desember desembre dets detsember dez dezember "
    "dezembro dic dicembre diciembre dis disember gru grudnia grudzien gruod gruodis gruodzio joulu joulukuu "
    "joulukuuta pro prosinac prosinca prosince prosinec δεκ δεκεμβριοσ δεκεμβριου груд грудень грудня дек декабрь "
    "декабря декември דצמ דצמבר ديسمبر",
)
MONTHS = {name: number for number, names in enumerate(NAMES, 1) for name in names.split()}
WEEKDAYS = frozenset(
    (
        "ahad ahd an antradienis car carsamba cet cetrtek ceturtd ceturtdiena cetvrtak chu cmt cs csutortok ct "
        "ctvrtek cum cuma cumartesi czw czwartek dc dg di dienstag dijous dilluns dim dimanche dimarts dimecres "
        "dinsdag dissabte diumenge divendres dj dl do dom domenica domingo donderdag donnerstag ds dt dum "
        "duminica dv e esmaspaev feira fr fre fredag freitag fri friday gio giovedi h hetfo isn isnin jeu jeudi "
        "joi jue jueves jum jumaat jumat k kam kamis ke kedd keskiviikko keskiviikkona ketvirtadienis kha khamis "
        "kolmapaev kt l la lauantai lauantaina laupaev lor lordag lun lundi lunedi lunes luni lør lørdag ma "
        "maanantai maanantaina maandag man mandag mar mardi martedi martes marti mer mercoledi mercredi mi mie "
        "miercoles miercuri min minggu mittwoch mo mon monday montag n ne ned nedela nedele nedelja nedjelja "
        "neljapaev niedz niedziela ons onsdag otrd otrdiena p pa patek paz pazar pazartesi pe penktadienis pentek "
        "per perjantai perjantaina persembe pet petak petek pi piatek piatok piektd piektdiena pirmadienis pirmd "
        "pirmdiena pn po pon pondeli pondelok ponedeljek ponedjeljak poniedziałek pr pt puhapaev pzt qua quarta "
        "qui quinta r rab rabu reede sa sab sabado sabato sabtu sal sali sam sambata samedi samstag sat saturday "
        "seg segunda sekmadienis sel selasa sen senin sestadienis sestd sestdiena sex sexta sk so sob sobota son "
        "sondag sonntag sr sre sreda sri srijeda sroda st streda stvrtok su sub subota sun sunday sunnuntai svetd "
        "svetdiena sze szerda szo szombat søn søndag t teisipaev ter terca thu thursday ti tiistai tiistaina tir "
        "tirs tirsdag tis tisdag to tor torek tors torsdag torstai torstaina tr treciadienis tresd tresdiena tue "
        "tuesday ut utery uto utorak utorok v vasarnap ven vendredi venerdi vie viernes vin vineri vr vrijdag wed "
        "wednesday wo woensdag wt wtorek za zaterdag zo zondag δευ δευτερα κυρ κυριακη παρ παρασκευη πεμ πεμπτη "
        "σαβ σαββατο τετ τεταρτη τρι τριτη воскресенье вс вт вторник вівторок нд неделя неділя пʼятниця петък пн "
        "понеделник понедельник понеділок пт пятница сб середа ср среда сряда суббота субота събота четвер "
        "четверг четвъртък чт א ב ג ד ה ו חמישי יום ראשון רביעי שבת שישי שלישי שני الاثنين الاحد الاربعاء "
        "الثلاثاء الجمعة الخميس السبت"
    ).split()
).union(
    (week + day for week in ("星期", "周", "週", "礼拜", "禮拜") for day in "一二三四五六日天"),
    (day + week for week in ("", "曜", "曜日") for day in "月火水木金土日"),
    (day + week for week in ("", "요일") for day in "월화수목금토일"),
)
