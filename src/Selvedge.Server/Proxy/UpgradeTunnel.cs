using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Selvedge.Server.Admission;
using Selvedge.Server.Answers;
using Selvedge.Server.Errors;

namespace Selvedge.Server.Proxy;

/// <summary>Joins a client to an origin that switched protocols: a WebSocket through an external rewrite.</summary>
internal static class UpgradeTunnel
{
    /// <summary>Passes the 101 on and copies both ways until either side ends.</summary>
    /// <returns><see langword="null"/>, or a failure if the client never asked for an upgrade.</returns>
    public static async Task<OriginFailure?> RunAsync(AdmittedRequest request, HttpResponseMessage incoming, ILogger logger)
    {
        var http = request.Http;
        if (http.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true } upgrade)
        {
            Log.UnaskedUpgrade(logger, request.RequestId);
            return new OriginFailure(StatusCodes.Status502BadGateway, ErrorCodes.ExternalFailed);
        }

        foreach (var header in incoming.Headers.NonValidated)
        {
            if (!PrivateHeaders.Contains(header.Key) || header.Key.Equals("upgrade", StringComparison.OrdinalIgnoreCase))
            {
                http.Response.Headers.Append(header.Key, header.Value.ToString());
            }
        }

        await using var client = await upgrade.UpgradeAsync();
        await using var origin = await incoming.Content.ReadAsStreamAsync(http.RequestAborted);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        var toOrigin = CopyAsync(client, origin, ended.Token);
        var toClient = CopyAsync(origin, client, ended.Token);
        await Task.WhenAny(toOrigin, toClient);
        // A protocol inside the tunnel closes by itself before either side hangs up; what is left has nobody to read it.
        await ended.CancelAsync();
        await Task.WhenAll(toOrigin, toClient);
        return null;
    }

    private static async Task CopyAsync(Stream from, Stream to, CancellationToken cancellationToken)
    {
        try
        {
            await from.CopyToAsync(to, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Either end may hang up at any time; that is how tunnels end.
        }
    }
}
