namespace Selvedge.Caching.Fields;

/// <summary>Takes a comma-separated list apart; commas inside quoted strings do not separate (RFC 9110 section 5.6.1).</summary>
public static class FieldList
{
    /// <summary>The members in order, without surrounding whitespace; empty members are left out.</summary>
    public static List<string> Split(string value)
    {
        var members = new List<string>();
        var start = 0;
        var quoted = false;
        for (var i = 0; i <= value.Length; i++)
        {
            if (i == value.Length || (value[i] == ',' && !quoted))
            {
                var member = value.AsSpan(start, i - start).Trim(" \t");
                if (!member.IsEmpty)
                {
                    members.Add(member.ToString());
                }

                start = i + 1;
            }
            else if (value[i] == '"')
            {
                quoted = !quoted;
            }
            else if (value[i] == '\\' && quoted && i + 1 < value.Length)
            {
                i++;
            }
        }

        return members;
    }
}
