using System.Text.Json;
using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests;

/// <summary>Data that a handler of a Next.js app keeps, and gives as <c>data</c>.</summary>
internal static class KeptData
{
    private const int Most = 1000;

    /// <summary>Asks once.</summary>
    public static async Task<string> AskAsync(HttpClient client, string target)
    {
        var answer = await client.AnswerAsync(target);
        Assert.True(answer.Status == 200, $"{target}: {answer.Status} {answer.Body}");
        return JsonDocument.Parse(answer.Body).RootElement.GetProperty("data").GetString()!;
    }

    /// <summary>
    /// Asks until two answers in a row are the same. Next.js hands data over to be kept when its answer has left (<c>pendingRevalidates</c>, which
    /// it gives to <c>waitUntil</c>), so one answer alone says nothing of what is kept.
    /// </summary>
    public static async Task<string> AskUntilKeptAsync(HttpClient client, string target)
    {
        var last = await AskAsync(client, target);
        for (var i = 0; i < Most; i++)
        {
            var next = await AskAsync(client, target);
            if (next == last)
            {
                return next;
            }

            last = next;
        }

        Assert.Fail($"{target} is not kept after {Most} requests.");
        return "";
    }
}
