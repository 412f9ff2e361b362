namespace Selvedge.Caching.Tests.Policy;

/// <summary>One case of a golden file.</summary>
public sealed record GoldenCase(string Title, int Status, IReadOnlyList<KeyValuePair<string, string>> Fields, string Expected)
{
    public static IEnumerable<GoldenCase> ReadAll(string file)
    {
        var title = "";
        int? status = null;
        var fields = new List<KeyValuePair<string, string>>();
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Policy", file)))
        {
            if (line.Length == 0 || line.StartsWith('#'))
            {
                continue;
            }

            if (line.StartsWith(": ", StringComparison.Ordinal))
            {
                (title, status, fields) = (line[2..], null, []);
            }
            else if (line.StartsWith("=> ", StringComparison.Ordinal))
            {
                yield return new GoldenCase(title, status!.Value, fields, line[3..]);
            }
            else if (status is null)
            {
                status = int.Parse(line);
            }
            else
            {
                var colon = line.IndexOf(':');
                fields.Add(new(line[..colon], line[(colon + 1)..].Trim()));
            }
        }
    }
}
