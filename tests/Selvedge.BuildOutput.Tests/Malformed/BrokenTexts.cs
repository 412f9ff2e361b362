using System.Text;
using System.Text.Json;

namespace Selvedge.BuildOutput.Tests.Malformed;

/// <summary>Configuration files that are no JSON, or JSON of a kind that must not be trusted.</summary>
internal static class BrokenTexts
{
    private const int Cuts = 12;

    public static IEnumerable<MalformedOutput> All => [.. Truncated, .. KeysTwice, .. NotText, .. Monstrous];

    private static IEnumerable<MalformedOutput> Truncated =>
        from file in SoundOutput.Files
        from cut in Enumerable.Range(0, Cuts)
        let length = file.Value.Length * cut / Cuts
        select new MalformedOutput($"{file.Key} is cut to {length}", o => o.File(file.Key, file.Value[..length]), file.Key);

    private static IEnumerable<MalformedOutput> KeysTwice =>
        from file in SoundOutput.Files
        from key in TopLevelKeys(file.Value)
        let text = file.Value.TrimEnd()[..^1] + $",\"{key}\":null}}"
        select new MalformedOutput($"{file.Key}: {key} is given twice", o => o.File(file.Key, text), file.Key, key);

    private static IEnumerable<MalformedOutput> NotText =>
        from file in SoundOutput.Files
        from change in new (string Name, Func<string, byte[]> Change, string Key)[]
        {
            ("begins with a byte order mark", text => [0xEF, 0xBB, 0xBF, .. Bytes(text)], ""),
            ("is UTF-16", text => Encoding.Unicode.GetBytes(text), ""),
            ("holds a byte that is not UTF-8", text => [.. Bytes(text[..^1]), .. ",\"x\":\""u8, 0xFF, .. "\"}"u8], ""),
            ("holds half a character", text => Bytes(text[..^1] + ",\"x\":\"\\ud800\"}"), "x"),
            ("holds a key with half a character", text => Bytes(text[..^1] + ",\"\\udc00\":1}"), ""),
            ("goes on after its end", text => Bytes(text + "{}"), ""),
            ("has a comment", text => Bytes("/* */" + text), ""),
            ("is nothing but zeros", text => new byte[text.Length], ""),
        }
        select new MalformedOutput(
            $"{file.Key} {change.Name}",
            o => o.File(file.Key, change.Change(file.Value)),
            file.Key,
            change.Key
        );

    private static IEnumerable<MalformedOutput> Monstrous =>
        from file in SoundOutput.Files.Keys
        from text in new (string Name, Func<string> Text)[]
        {
            ("is 100,000 arrays deep", () => new string('[', 100_000) + new string(']', 100_000)),
            ("is 100,000 objects deep and cut off", () => string.Concat(Enumerable.Repeat("{\"a\":", 100_000))),
            ("is larger than any may be", () => new string(' ', 21 * 1024 * 1024)),
        }
        select new MalformedOutput($"{file} {text.Name}", o => o.File(file, text.Text()), file);

    private static IEnumerable<string> TopLevelKeys(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateObject().Select(static property => property.Name)];
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
