namespace Selvedge.Functions.Tests.Support;

/// <summary>A response that was read to its end.</summary>
internal sealed record TestResponse(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Bytes, bool IsEmpty)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Bytes);

    public string? Header(string name) => All(name).FirstOrDefault();

    public IEnumerable<string> All(string name) =>
        Headers
            .Where(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase))
            .Select(header => header.Value);

    public static async Task<TestResponse> ReadAsync(FunctionOutcome outcome)
    {
        Assert.True(outcome.Succeeded, outcome.Failure?.ToString());
        await using var response = outcome.Response;
        using var body = new MemoryStream();
        await response.Body.CopyToAsync(body);
        return new(response.Status, response.Headers, body.ToArray(), response.IsEmpty);
    }
}
