-- Công nghiệp, tiểu thủ công nghiệp: giá trị sản xuất và các ngành chủ yếu.
return sector {
  api = 1,
  id = "industry",
  title = "Công nghiệp, tiểu thủ công nghiệp",
  section = "II.I.1.b",
  departments = { "phong-kinh-te" },
  targets = { "annual" },
  decimals = { attainment = 0, yoy = 0 },

  indicators = {
    output = { "Giá trị sản xuất công nghiệp, tiểu thủ công nghiệp", unit = "tỷ đồng" },
  },

  narrative = {
    products = "Ngành, sản phẩm công nghiệp chủ yếu",
  },

  text = function(d, out)
    out:paragraph("[Lũy kế {output.name} {@period.name} {output.reached} {output}[, {output.yoy}]"
      .. "[, đạt {output.attainment} kế hoạch giao].][ {products}]")
  end,
}
