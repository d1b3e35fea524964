-- Biểu chỉ tiêu của mọi đơn vị.
return sector {
  api = 1,
  id = "job",
  title = "Biểu chỉ tiêu",
  section = "I",
  departments = use "departments",
  targets = { "annual" },

  narrative = { recommendations = "Kiến nghị, đề xuất" },

  text = function(d, out)
    out:paragraph("[{recommendations}]")
  end,
}
