using System.Text;

namespace Selvedge.Testing;

/// <summary>A response, read whole.</summary>
public sealed class HttpAnswer
{
    private readonly ILookup<string, string> _headers;

    private HttpAnswer(int status, ILookup<string, string> headers, byte[] bytes)
    {
        Status = status;
        Bytes = bytes;
        _headers = headers;
    }

    public int Status { get; }

    public byte[] Bytes { get; }

    /// <summary>The body as UTF-8.</summary>
    public string Body => Encoding.UTF8.GetString(Bytes);

    /// <summary>The values of a header, joined by a comma and a space; <see langword="null"/> if it was not sent.</summary>
    public string? this[string header] => _headers.Contains(header) ? string.Join(", ", _headers[header]) : null;

    /// <summary>The values of a header as they were sent, one by one.</summary>
    public IReadOnlyList<string> All(string header) => [.. _headers[header]];

    public static async Task<HttpAnswer> ReadAsync(HttpResponseMessage response)
    {
        var headers = response
            .Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
            .SelectMany(header => header.Value, (header, value) => (header.Key, Value: value))
            .ToLookup(header => header.Key, header => header.Value, StringComparer.OrdinalIgnoreCase);
        return new HttpAnswer((int)response.StatusCode, headers, await response.Content.ReadAsByteArrayAsync());
    }
}
