# The sixty lambdas: fn<N>_FROM is a source in lambdas/, fn<N>_FLAGS makes it a function of its own.

fn1_FROM := greet
fn1_FLAGS := -DGREETING='"Hello"' -DFAREWELL='"Goodbye"'

fn2_FROM := greet
fn2_FLAGS := -DGREETING='"Guten Tag"' -DFAREWELL='"Auf Wiedersehen"'

fn3_FROM := greet
fn3_FLAGS := -DGREETING='"Bonjour"' -DFAREWELL='"Au revoir"'

fn4_FROM := greet
fn4_FLAGS := -DGREETING='"Hola"' -DFAREWELL='"Hasta luego"'

fn5_FROM := greet
fn5_FLAGS := -DGREETING='"Ciao"' -DFAREWELL='"Arrivederci"'

fn6_FROM := convert
fn6_FLAGS := -DFROM='"kilometres"' -DTO='"miles"' -DNUMERATOR=1000000 -DDENOMINATOR=1609344 -DOFFSET=0

fn7_FROM := convert
fn7_FLAGS := -DFROM='"celsius"' -DTO='"fahrenheit"' -DNUMERATOR=9 -DDENOMINATOR=5 -DOFFSET=32000

fn8_FROM := convert
fn8_FLAGS := -DFROM='"kilograms"' -DTO='"pounds"' -DNUMERATOR=100000000 -DDENOMINATOR=45359237 -DOFFSET=0

fn9_FROM := convert
fn9_FLAGS := -DFROM='"litres"' -DTO='"gallons"' -DNUMERATOR=1000000 -DDENOMINATOR=3785412 -DOFFSET=0

fn10_FROM := convert
fn10_FLAGS := -DFROM='"kilowatts"' -DTO='"horsepower"' -DNUMERATOR=1000000 -DDENOMINATOR=735499 -DOFFSET=0

fn11_FROM := digest
fn11_FLAGS := -DKIND='HASH_MD5'

fn12_FROM := digest
fn12_FLAGS := -DKIND='HASH_SHA1'

fn13_FROM := digest
fn13_FLAGS := -DKIND='HASH_SHA256'

fn14_FROM := digest
fn14_FLAGS := -DKIND='HASH_SHA512'

fn15_FROM := digest
fn15_FLAGS := -DKIND='HASH_BLAKE2B'

fn16_FROM := encode
fn16_FLAGS := -DENCODE='hex_encode'

fn17_FROM := encode
fn17_FLAGS := -DENCODE='base32_encode'

fn18_FROM := encode
fn18_FLAGS := -DENCODE='url_encode'

fn19_FROM := encode
fn19_FLAGS := -DENCODE='quoted_printable_encode'

fn20_FROM := encode
fn20_FLAGS := -DENCODE='ascii85_encode'

fn21_FROM := statistics
fn21_FLAGS := -DFIGURE='SUM'

fn22_FROM := statistics
fn22_FLAGS := -DFIGURE='MEAN'

fn23_FROM := statistics
fn23_FLAGS := -DFIGURE='MEDIAN'

fn24_FROM := statistics
fn24_FLAGS := -DFIGURE='SPREAD'

fn25_FROM := statistics
fn25_FLAGS := -DFIGURE='DEVIATION'

fn26_FROM := validate
fn26_FLAGS := -DSCHEMA='"{\"type\":\"object\",\"required\":[\"id\",\"amount\"],\"properties\":{\"id\":{\"type\":\"string\",\"minLength\":4},\"amount\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":999}}}"' -DGOOD='"{\"id\":\"A-17\",\"amount\":3}"' -DBAD='"{\"id\":\"A-17\",\"amount\":1000}"'

fn27_FROM := validate
fn27_FLAGS := -DSCHEMA='"{\"type\":\"object\",\"required\":[\"user\"],\"properties\":{\"user\":{\"type\":\"object\",\"required\":[\"name\"],\"properties\":{\"name\":{\"type\":\"string\",\"minLength\":1},\"age\":{\"type\":\"integer\",\"minimum\":18}}}}}"' -DGOOD='"{\"user\":{\"name\":\"Ada\",\"age\":36}}"' -DBAD='"{\"user\":{\"name\":\"Bob\",\"age\":12}}"'

fn28_FROM := validate
fn28_FLAGS := -DSCHEMA='"{\"type\":\"object\",\"required\":[\"street\",\"city\",\"zip\"],\"properties\":{\"zip\":{\"type\":\"string\",\"minLength\":5,\"maxLength\":5},\"country\":{\"enum\":[\"DE\",\"FR\",\"IT\"]}}}"' -DGOOD='"{\"street\":\"Hauptstr. 1\",\"city\":\"Ulm\",\"zip\":\"89073\",\"country\":\"DE\"}"' -DBAD='"{\"street\":\"Hauptstr. 1\",\"city\":\"Ulm\",\"zip\":\"89073\",\"country\":\"XX\"}"'

fn29_FROM := validate
fn29_FLAGS := -DSCHEMA='"{\"type\":\"object\",\"required\":[\"readings\"],\"properties\":{\"readings\":{\"type\":\"array\",\"items\":{\"type\":\"number\",\"minimum\":-40,\"maximum\":85}}}}"' -DGOOD='"{\"readings\":[21.5,22,-3]}"' -DBAD='"{\"readings\":[21.5,86]}"'

fn30_FROM := validate
fn30_FLAGS := -DSCHEMA='"{\"type\":\"object\",\"required\":[\"kind\"],\"properties\":{\"kind\":{\"enum\":[\"created\",\"deleted\"]},\"tags\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}}}"' -DGOOD='"{\"kind\":\"created\",\"tags\":[\"a\",\"b\"]}"' -DBAD='"{\"kind\":\"created\",\"tags\":[\"a\",1]}"'

fn31_FROM := clock
fn31_FLAGS := -DZONE='"Europe/Berlin"' -DCRON='"30 6 * * mon-fri"'

fn32_FROM := clock
fn32_FLAGS := -DZONE='"America/New_York"' -DCRON='"0 0 1 * *"'

fn33_FROM := clock
fn33_FLAGS := -DZONE='"Asia/Tokyo"' -DCRON='"*/15 9-17 * * *"'

fn34_FROM := clock
fn34_FLAGS := -DZONE='"Australia/Sydney"' -DCRON='"0 12 29 feb *"'

fn35_FROM := clock
fn35_FLAGS := -DZONE='"Asia/Kolkata"' -DCRON='"5 4 * * sun"'

fn36_FROM := page
fn36_FLAGS := -DTEMPLATE='"<h1>{{title}}</h1><ul>{{\#items}}<li>{{name}}: {{price}}</li>{{/items}}</ul>{{^items}}<p>Nothing here.</p>{{/items}}"'

fn37_FROM := page
fn37_FLAGS := -DTEMPLATE='"<table>{{\#items}}<tr><td>{{name|upper}}</td><td>{{price}}</td></tr>{{/items}}</table><p>{{total}}</p>"'

fn38_FROM := page
fn38_FLAGS := -DTEMPLATE='"{{title}}: {{items|length}} item{{\#items}} [{{name}}{{\#tags}} \#{{.}}{{/tags}}]{{/items}}"'

fn39_FROM := page
fn39_FLAGS := -DTEMPLATE='"<a href=/search?q={{title|url}}>{{{title}}}</a>{{! a comment }}"'

fn40_FROM := page
fn40_FLAGS := -DTEMPLATE='"<script>var items = {{{items|json}}};</script>{{\#total}}<b>{{.}}</b>{{/total}}"'

fn41_FROM := price
fn41_FLAGS := -DRATE=190 -DQUANTITY=100

fn42_FROM := price
fn42_FLAGS := -DRATE=200 -DQUANTITY=10

fn43_FROM := price
fn43_FLAGS := -DRATE=250 -DQUANTITY=50

fn44_FROM := price
fn44_FLAGS := -DRATE=70 -DQUANTITY=3

fn45_FROM := price
fn45_FLAGS := -DRATE=81 -DQUANTITY=1000

fn46_FROM := extract
fn46_FLAGS := -DPATTERN='"[a-z0-9._]+@[a-z0-9-]+(\\.[a-z0-9-]+)+"'

fn47_FROM := extract
fn47_FLAGS := -DPATTERN='"\\b\\d{4}-\\d{2}-\\d{2}\\b"'

fn48_FROM := extract
fn48_FLAGS := -DPATTERN='"\\b(\\d{1,3}\\.){3}\\d{1,3}\\b"'

fn49_FROM := extract
fn49_FLAGS := -DPATTERN='"\#([0-9a-f]{6}|[0-9a-f]{3})\\b"'

fn50_FROM := extract
fn50_FLAGS := -DPATTERN='"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"'

fn51_FROM := token
fn51_FLAGS := -DSECRET='"first secret"' -DTOKEN='"eyJ1c2VyIjoiYm9iIiwiYWRtaW4iOmZhbHNlfQ.DXExmdsQnKSW7RfNXps0s00H1S3jis_Y040mffxvJDU"'

fn52_FROM := token
fn52_FLAGS := -DSECRET='"second secret"' -DTOKEN='"eyJ1c2VyIjoiYm9iIiwiYWRtaW4iOmZhbHNlfQ.A7wfeQMnUanEs6ozsEEu73xcTbAWkQmud-1MQFZ0LUI"'

fn53_FROM := token
fn53_FLAGS := -DSECRET='"a longer third secret"' -DTOKEN='"eyJ1c2VyIjoiYm9iIiwiYWRtaW4iOmZhbHNlfQ.QMkSc65xTkvz93oREH6N_hJ0dKBGROWFE1rLPrlbGIM"'

fn54_FROM := token
fn54_FLAGS := -DSECRET='"4"' -DTOKEN='"eyJ1c2VyIjoiYm9iIiwiYWRtaW4iOmZhbHNlfQ.gqZeFoUVWSARwxC34Onb2FylVAtcN-NYvqpAoSt7Q9g"'

fn55_FROM := token
fn55_FLAGS := -DSECRET='"five five five"' -DTOKEN='"eyJ1c2VyIjoiYm9iIiwiYWRtaW4iOmZhbHNlfQ.8DSfTJxW0PynHHq_ZCs3P2CI9cpbl8Vk64vfzHR77zU"'

fn56_FROM := group
fn56_FLAGS := -DFIGURE='COUNT' -DKEY=0 -DVALUE=2

fn57_FROM := group
fn57_FLAGS := -DFIGURE='TOTAL' -DKEY=0 -DVALUE=2

fn58_FROM := group
fn58_FLAGS := -DFIGURE='LEAST' -DKEY=1 -DVALUE=2

fn59_FROM := group
fn59_FLAGS := -DFIGURE='MOST' -DKEY=1 -DVALUE=2

fn60_FROM := group
fn60_FLAGS := -DFIGURE='AVERAGE' -DKEY=0 -DVALUE=2
