using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests;

/// <summary>An origin that tells pages how to end: a page of a <c>told</c> route asks it whenever it is rendered.</summary>
internal sealed class TellingOrigin : IAsyncDisposable
{
    private FakeOrigin _origin = null!;
    private volatile Told _told = new(200, "");

    private TellingOrigin() { }

    /// <summary>The page's last segment, by which it knows whom to ask.</summary>
    public string Segment => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(_origin.BaseAddress.AbsoluteUri));

    /// <summary>How often a page was rendered.</summary>
    public int Renders => _origin.Requests.Count;

    public static async Task<TellingOrigin> StartAsync()
    {
        var telling = new TellingOrigin();
        telling._origin = await FakeOrigin.StartAsync(
            (_, context) =>
            {
                var (status, text) = telling._told;
                context.Response.StatusCode = status;
                if (status is not 307)
                    return context.Response.WriteAsync(text);
                context.Response.Headers.Location = text;
                return Task.CompletedTask;
            }
        );
        return telling;
    }

    /// <summary>Says what the next render comes to: 200 shows the text, 307 leads to it, 404 is not found, and 500 fails.</summary>
    public void Say(int status, string text = "") => _told = new Told(status, text);

    public ValueTask DisposeAsync() => _origin.DisposeAsync();

    private sealed record Told(int Status, string Text);
}
