using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Http;
using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests;

/// <summary>What pages ask while they are rendered: a test decides how each rendering ends.</summary>
internal sealed class ToldOrigin : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, (int Status, string Text)> _answers = new(StringComparer.Ordinal);
    private FakeOrigin _origin = null!;

    private ToldOrigin() { }

    public static async Task<ToldOrigin> StartAsync()
    {
        var told = new ToldOrigin();
        told._origin = await FakeOrigin.StartAsync(
            async (_, context) =>
            {
                var (status, text) = told._answers[context.Request.Path.Value!];
                context.Response.StatusCode = status;
                if (status is >= 300 and < 400)
                    context.Response.Headers.Location = text;
                else
                    await context.Response.WriteAsync(text);
            }
        );
        return told;
    }

    /// <summary>Makes a name for pages to ask by.</summary>
    public string New(int status, string text = "")
    {
        var path = $"/{Guid.NewGuid():N}";
        _answers[path] = (status, text);
        var url = Encoding.UTF8.GetBytes(new Uri(_origin.BaseAddress, path).AbsoluteUri);
        return Convert.ToBase64String(url).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }

    /// <summary>Changes what is said from now on.</summary>
    public void Say(string name, int status, string text = "")
    {
        var padded = name.Replace('-', '+').Replace('_', '/').PadRight((name.Length + 3) / 4 * 4, '=');
        _answers[new Uri(Encoding.UTF8.GetString(Convert.FromBase64String(padded))).AbsolutePath] = (status, text);
    }

    public ValueTask DisposeAsync() => _origin.DisposeAsync();
}
