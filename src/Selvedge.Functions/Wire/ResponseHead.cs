namespace Selvedge.Functions.Wire;

/// <summary>The status line and the header section of a response, and what they say of the connection.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Headers">All fields as they were sent.</param>
/// <param name="Framing">How the body ends.</param>
/// <param name="Length">The body's length under <see cref="BodyFraming.Length"/>.</param>
/// <param name="KeepsConnection">Whether another request may follow on the connection.</param>
internal sealed record ResponseHead(
    int Status,
    List<KeyValuePair<string, string>> Headers,
    BodyFraming Framing,
    long Length,
    bool KeepsConnection
);
