import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'

/**
 * Two files that the HDF5 library 2.0 wrote (packed with gzip, as base64), with numbers of our own: plain and packed are
 * i²/8 − 3 in five rows of twelve, the second in chunks of 2 × 5; run/ holds single, counts and wide integers; events is a structured
 * array. "newest" is of the newest form.
 */
const packed = {
  earliest: [
    'H4sIAAAAAAACA+2Ze2wURRzHv7N7j+1dW5ZagQK124paHmJLUIsU2Nuh9AIkxdrwCBF6tAetXNujD4qIYYHyKqSptaIhqK0i',
    'KEGtkT+IJnJBIaIYzz+MBIM8Aor4h0R8ICjVu5kt7UElmhhbM9/k8rnfY3bmfjs7uzu32Tt1WoJrqEtSFFjq5MoZx+ws7s9z',
    'hy8UeKcWStr65MSl3T8rpKTuDS25JBBAVYGiYT0P5RgIEDiCvpKl/tKThDsTI065uq7yqtQjzb/cX1lbc8bBG18fKR7ctn1T',
    'dEjpsUMCISMASSLEznPjOWNtORlkoDaFH1bHeDfGd8qAXQKRXUoSIBOrz1N8qGhDn9el/K3L/9XauN3xIBKJlIQgcnKUwYAs',
    'yVBZY4kfMNp4S5+qTTD+5G//YCrz+VhTXrkk4G+Se0zSkqq6ytqaPTbuHBBx2urLS/2HraIO+8shtTzzqaPX05UMSISQXJ6b',
    '2+P0pIF1qmGwgsGr0XPq3udmuRetjjrQ75S997vDt6qNk+dalONBVAVdtelekzQ+v4dbHexHv5XzzQOjblUb2apJTG2sy7p7',
    'bSby2gz5H9TmhHfPW3+7NtkgD0hsCaxYGAgAN1sAK6H0Nrke4QUcYY3i6T5Zm12j79Cs70qIzyVOG+e1A3zt4AxNYbzMGacz',
    'JjOaw7l9J6Oeye2xjNo4nnc/tyfw+CTGZp0xZDCqeTw/n9vTeXwmzy/g/TzM+GEhY3ERozKb589h3DSPx+czeh/l7Rcy7ixm',
    '7PAxfrCI8VQJo83PmLWYsXQJY1sZ49lyHl/K2BDg7SsYp1Yxzg0yJi1jDHO2VPN4DWNGLeNFzoN1jM8tZ6yuZ5y1gnHc44xD',
    'VjJKT+grdpQUgzTJxY1rUqe/rX+7+mr6j87M17/BruStWu26ka1Vce0pgVSUnVM+juaukX8ubjztbP261gxnqO94HEZB0Aw7',
    'd2j7zNFFX6V+9Es18JBTyWEH9juzzrWR9mVr5Mnqr3HXcj4naImX66NBaaPuVA8FMxTjnga9rClLeVIbbkzxbgiPeU09riUY',
    'u3fS8/aURGw44nos2mBtk9epHmpWE9onLUrfR3MbFrSg/cVSo2xdQDnRIrennTXKnl3lxPP57kmsQcLmRK3xtDep4bA9w6X9',
    'YKyPDOCng7Z1LOxe/2fYVziwoSlzQ3j6XeoVufVuCaj63jGDJdBXIgnTUhrGjtoYJrerx19NMm4j8M2xn2E/YfMop3ooVJTQ',
    'PhKomEuaAT0E5IQALcQuCzNyaUxml4ZXB9p04KwODPEAhgcIeoCnPMBeD3DEA5z3wLQZwCADZqYB5BowZxnAYgPmKgNoNKBv',
    'M4CXDegdBvCeAf2oAXxpQL9gAFcMaHYKM4FCG0SBNAotk8LMptAmUiCPQiugMOdRaKUUqKLQVlKE1lI0b6IwmyiaWylC2ynU',
    'dgpzN4X6BkVoH0XzuxTmQYrmIxShMIV6jP7e2dl5jT8CIfqcxx7rZP49ukjwuLWAfnI0otm6ZK0u2gLdiiFUrdv4TTong7kI',
    'hISE/hMVFeblEcTd8L4z5hbtTsUx3hvjt8fY8S7G1Bi/K8aewB3ZuP7ueDPN7iUvtt+NPC8tJi+23/3ckc5tWy/9ftFLXmy/',
    'l3neoJi82H5T3D1tK2/AjXscQkJCQkJCQkJ9Qr3uqtn4C2IySEo6if4VoHa95Clso0xiG2X1fKNM7Xo57P91eeGljswC6p3h',
    'UCO/2R4M+Mor3+cx7gv4FvkDOUOZ77NL6nwxm4SEhISE+ovyacFM0u3mbW3iWv++VvhK/VpdsCv/2ABRMyEhISEhISEhISEh',
    'ISGh/qY/AFQgaiE4MgAA',
  ],
  newest: [
    'H4sIAAAAAAACA+3QbUhTYRQH8PPcu83HuznmGrM3dfOFZEGZLSJMvN6WmgRbtiwLa6aW4mumZm80cdIrUZJQYLRLEuGnwPxY',
    'jYoSIViBBINqUB/sU2IDkyjDzhHEj0Hgh/3h8rvnOee59+G5XOoqTpJWSyLnsJA5yqiEdS6t6zc7PrtLXeWCrc9ibFz8dAvm',
    'xRsXIgnAAHQmAAbatqbqhpYX9CmdcX5NbG2p+8RoKQ/+IVeTDr/+eyT70iMBY1kAgsCYlmYN5NJatABLthUCXoAMTj0450QA',
    'rQBMlLgZQGTUhOjCaYOw7PO95FrXf70bvd4ATGDzV8JABwA8db4jiExr4Gxi0VGiifTSt0zu5pXXGoF44oknnnh4CE0gNeTv',
    'Z+gUGSpEf5CJMmpB/WupzkTlHKo3oLY8mttC9TbqF6A3ZDSkoKadNF9CdRn1d9O8m/6zBx0rR31elFfQ/H70UiX1D6GlVbT/',
    'CDrkQx9Voy+PotEaVFOH5h5Da4+jwXr0SwP1G9FAE+1vRl2t6IE21HwCDZP97dQ/iWZ0oFPk8070dhfafgr1dKN5p9GVZ1Dh',
    'rNw9WOMDdl30XelJLRuRv174aY8l5JwPpSlz/neDRtNBjbJ1TJ4dN0WKxPH3vWGp2NP5wPM02/vRqrjb/OGEQdtj/3rvk/xb',
    '37QDMz3DMxcjK7jq1hRNBkz8TbJuX7pRzc9Qp9+aIpnW4cI0ZeMuf3iN2R67mcV/2VYpI0NKfa+T3+03qim18uS6O57ZJv6h',
    'X5y4p1erpu0dLhawOgLhlGBsKOPhuU2BCkdPOD0YU8t5wX2DkjKwY9Iv8WZvopo9bHPuHRVBLdte+Qe1ZrVwtQoAAA==',
  ],
}

export function hdf5File(name: keyof typeof packed): Uint8Array<ArrayBuffer> {
  return new Uint8Array(gunzipSync(Buffer.from(packed[name].join(''), 'base64')))
}

/** The file that newest.py writes. */
export function newestHdf5(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(gunzipSync(readFileSync(fileURLToPath(new URL('newest.h5.gz', import.meta.url)))))
}
