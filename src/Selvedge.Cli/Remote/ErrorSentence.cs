using System.Text;
using System.Text.Json;

namespace Selvedge.Cli.Remote;

/// <summary>Finds the sentence in which a server says what is wrong.</summary>
internal static class ErrorSentence
{
    private const int MaxLength = 1000;

    /// <summary>The server's sentence; one about its status if it gave none, as a server of another kind would.</summary>
    public static string Of(HttpResponseMessage response, byte[] body)
    {
        var sentence = response.Content.Headers.ContentType?.MediaType switch
        {
            "application/json" => OfJson(body),
            "text/plain" => OfText(body),
            _ => null,
        };
        var request = response.RequestMessage!;
        return Printable(
            sentence
                ?? $"{request.RequestUri} answered {request.Method} with {(int)response.StatusCode} {response.ReasonPhrase}. Is it the right address?"
        );
    }

    private static string? OfJson(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return
                document.RootElement.ValueKind is JsonValueKind.Object
                && document.RootElement.TryGetProperty("error", out var error)
                && error.ValueKind is JsonValueKind.String
                ? error.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // The page of a site's error has several lines; it is written for the site's visitors.
    private static string? OfText(byte[] body)
    {
        var text = Encoding.UTF8.GetString(body).Trim();
        return text.Length == 0 || text.Contains('\n', StringComparison.Ordinal) ? null : text;
    }

    // What a server sends must not steer the terminal.
    private static string Printable(string text) =>
        string.Concat(text.Take(MaxLength).Select(character => char.IsControl(character) ? ' ' : character));
}
