namespace Selvedge.Benchmarks.Crowds;

/// <summary>What an origin does with a request, named by the first segment of its path.</summary>
/// <param name="Delay">How long it thinks.</param>
/// <param name="Answer">What it then sends.</param>
/// <param name="Pieces">How often it sends <see cref="Piece"/> after that, at a tenth of a second's distance.</param>
internal sealed record OriginBehaviour(TimeSpan Delay, ReadOnlyMemory<byte> Answer, int Pieces = 0)
{
    private const string Fresh = "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\n";
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly string Kibibyte = new('x', 1024);

    /// <summary>A piece of a body that comes in pieces.</summary>
    public static ReadOnlyMemory<byte> Piece { get; } = Bytes($"400\r\n{Kibibyte}\r\n");

    /// <summary>What ends such a body.</summary>
    public static ReadOnlyMemory<byte> LastPiece { get; } = Bytes("0\r\n\r\n");

    /// <summary>The behaviours by name.</summary>
    public static IReadOnlyDictionary<string, OriginBehaviour> All { get; } =
        new Dictionary<string, OriginBehaviour>(StringComparer.Ordinal)
        {
            ["hit"] = Short(Second, Fresh),
            ["hit600"] = Short(TimeSpan.FromMilliseconds(600), Fresh),
            ["nc"] = Short(Second, "HTTP/1.1 200 OK\r\nCache-Control: no-store\r\n"),
            ["cookie"] = Short(Second, $"{Fresh}Set-Cookie: id=1\r\n"),
            ["err"] = Short(Second, "HTTP/1.1 503 Service Unavailable\r\n"),
            ["stream"] = new(TimeSpan.Zero, Bytes($"{Fresh}Transfer-Encoding: chunked\r\n\r\n"), Pieces: 10),
            ["large"] = new(TimeSpan.Zero, Bytes($"{Fresh}Content-Length: 20971520\r\n\r\n{new string('x', 20 * 1024 * 1024)}")),
            // What a crowd makes of answers that cost nothing: all leave at once, a second after the first was asked for.
            ["together"] = Short(Second, Fresh),
        };

    /// <summary>What it does with any other request: some caches have questions of their own.</summary>
    public static OriginBehaviour None { get; } =
        new(TimeSpan.Zero, Bytes("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"));

    private static OriginBehaviour Short(TimeSpan delay, string head) =>
        new(delay, Bytes($"{head}Content-Length: {Kibibyte.Length}\r\n\r\n{Kibibyte}"));

    private static byte[] Bytes(string text) => System.Text.Encoding.ASCII.GetBytes(text);
}
