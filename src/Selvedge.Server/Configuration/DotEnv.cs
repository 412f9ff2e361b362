using System.Text;

namespace Selvedge.Server.Configuration;

/// <summary>Reads the text of a <c>.env</c> file, as the <c>dotenv</c> packages of the frameworks do.</summary>
internal static class DotEnv
{
    /// <summary>
    /// Parses <c>NAME=value</c> lines: comments, <c>export</c>, single, double and back quotes over several lines, <c>\n</c> inside
    /// double quotes, and <c>$NAME</c> or <c>${NAME}</c> of variables already known.
    /// </summary>
    /// <param name="text">The file's text.</param>
    /// <param name="variables">What is known so far. Names already there keep their values; new ones are added.</param>
    public static void Parse(string text, IDictionary<string, string> variables)
    {
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var lineEnd = rest.IndexOf('\n');
            var line = lineEnd < 0 ? rest : rest[..lineEnd];
            var equals = line.IndexOf('=');
            var name = equals < 0 ? default : NameIn(line[..equals]);
            if (name.IsEmpty)
            {
                rest = lineEnd < 0 ? default : rest[(lineEnd + 1)..];
                continue;
            }

            rest = rest[(equals + 1)..];
            var value = ReadValue(ref rest, out var expands);
            variables.TryAdd(name.ToString(), expands ? Expand(value, variables) : value);
        }
    }

    private static ReadOnlySpan<char> NameIn(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.StartsWith("export "))
        {
            text = text[7..].TrimStart();
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '.' or '-'))
            {
                return default;
            }
        }

        return text;
    }

    // Leaves the rest at the beginning of the next line.
    private static string ReadValue(ref ReadOnlySpan<char> rest, out bool expands)
    {
        var start = rest.TrimStart(" \t");
        var quote = start.IsEmpty ? '\0' : start[0];
        if (quote is '"' or '\'' or '`' && start[1..].IndexOf(quote) is var end and >= 0)
        {
            var quoted = start.Slice(1, end).ToString();
            SkipLine(ref rest, start[(end + 2)..]);
            expands = quote is not '\'';
            return quote is '"' ? quoted.Replace("\\n", "\n").Replace("\\r", "\r") : quoted;
        }

        var lineEnd = rest.IndexOf('\n');
        var line = lineEnd < 0 ? rest : rest[..lineEnd];
        var comment = line.IndexOf('#');
        var value = (comment < 0 ? line : line[..comment]).Trim().ToString();
        rest = lineEnd < 0 ? default : rest[(lineEnd + 1)..];
        expands = true;
        return value;
    }

    private static void SkipLine(ref ReadOnlySpan<char> rest, ReadOnlySpan<char> from)
    {
        var lineEnd = from.IndexOf('\n');
        rest = lineEnd < 0 ? default : from[(lineEnd + 1)..];
    }

    private static string Expand(string value, IDictionary<string, string> variables)
    {
        if (!value.Contains('$'))
        {
            return value;
        }

        var result = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\' && i + 1 < value.Length && value[i + 1] == '$')
            {
                result.Append(value[++i]);
                continue;
            }

            var nameStart = i + (i + 1 < value.Length && value[i + 1] == '{' ? 2 : 1);
            var nameEnd = nameStart;
            while (nameEnd < value.Length && (char.IsAsciiLetterOrDigit(value[nameEnd]) || value[nameEnd] == '_'))
            {
                nameEnd++;
            }

            if (value[i] != '$' || nameEnd == nameStart)
            {
                result.Append(value[i]);
                continue;
            }

            result.Append(variables.TryGetValue(value[nameStart..nameEnd], out var known) ? known : "");
            var braced = nameStart == i + 2;
            i = braced && nameEnd < value.Length && value[nameEnd] == '}' ? nameEnd : nameEnd - 1;
        }

        return result.ToString();
    }
}
