-- Biểu chỉ tiêu của mọi đơn vị: tổng theo lĩnh vực, các chỉ tiêu đạt thấp, kiến nghị của từng đơn vị.

return sector {
  api = 1,
  id = "job",
  title = "Biểu chỉ tiêu",
  section = "I",
  departments = "all",
  targets = { "annual" },

  -- Các dòng có nhiều đơn vị tính; tổng của chúng chỉ để đối chiếu nên không có đơn vị tính.
  records = { items = { fields = { field = "Lĩnh vực" }, mixed = true, decimals = 1 } },
  narrative = { recommendations = "Kiến nghị, đề xuất" },

  text = {
    ["I"] = function(d, out)
      local sectors = {}
      for _, rows in d.items:by("field") do
        sectors[#sectors + 1] = { it = rows, late = rows:behind(60) }
      end
      out:table {
        title = "Kết quả theo lĩnh vực",
        columns = { "Lĩnh vực", "Số chỉ tiêu", "Kế hoạch", "Cùng kỳ", "Thực hiện", "So với kế hoạch", "So với cùng kỳ", "Chậm tiến độ" },
        rows = sectors,
        cells = {
          "{it.title}", "{it.count}", "{it.target}", "{it.last_year}", "{it.actual}", "{it.attainment}",
          "{it.yoy|bare}", "{late.count}",
        },
      }
      local late = d.items:behind(60)
      out:listing { title = "Chậm tiến độ", rows = late }
      out:table {
        title = "Các chỉ tiêu đạt thấp nhất",
        columns = { "Đơn vị", "Lĩnh vực", "Chỉ tiêu", "Kế hoạch", "Thực hiện", "So với kế hoạch" },
        rows = late:lowest("attainment", 20),
        cells = { "{it.department}", "{it.field}", "{it.label}", "{it.target}", "{it.actual}", "{it.attainment}" },
      }
    end,
    ["II"] = function(d, out)
      local last
      for words in d.recommendations do
        if words.department ~= last then
          out:item("{words.department}: {words}", { words = words })
          last = words.department
        end
      end
    end,
  },
}
