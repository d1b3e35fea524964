-- Tồn tại, hạn chế theo lời của đơn vị: mỗi khó khăn không gắn với chỉ tiêu nào là một dòng, kèm nguyên nhân.
return function(d, out)
  for r in d:difficulties() do
    out:shortfall { text = "{r.difficulty}", r = r, cause = r.cause }
  end
end
