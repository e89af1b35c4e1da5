"""The station's names of printed codes and those of zxing-cpp."""

from zxingcpp import BarcodeFormat

from station_app.core.serial import CodeFormat

BARCODES = {
    CodeFormat.DATA_MATRIX: BarcodeFormat.DataMatrix,
    CodeFormat.QR: BarcodeFormat.QRCode,
    CodeFormat.MICRO_QR: BarcodeFormat.MicroQRCode,
    CodeFormat.AZTEC: BarcodeFormat.Aztec,
    CodeFormat.PDF_417: BarcodeFormat.PDF417,
    CodeFormat.CODE_128: BarcodeFormat.Code128,
    CodeFormat.CODE_93: BarcodeFormat.Code93,
    CodeFormat.CODE_39: BarcodeFormat.Code39,
    CodeFormat.ITF: BarcodeFormat.ITF,
    CodeFormat.EAN_13: BarcodeFormat.EAN13,
}
