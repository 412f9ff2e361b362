using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Selvedge.BuildOutput;
using Selvedge.Caching;
using Selvedge.Caching.Origins;
using Selvedge.Functions;
using Selvedge.Prerender.Entries;
using Selvedge.Routing;
using Selvedge.Server.Admission;
using Selvedge.Server.Answers;
using Selvedge.Server.Caching;
using Selvedge.Server.Functions;

namespace Selvedge.Server.Prerender;

/// <summary>Answers with a partial prerender: the shell at once, and behind it what its function makes of it for this visitor.</summary>
internal sealed class PostponedAnswer(FunctionOrigin functionOrigin, ILogger<PostponedAnswer> logger)
{
    // The whole is one visitor's, whatever the shell is.
    private const string CacheControl = "private, no-cache, no-store, max-age=0, must-revalidate";

    /// <summary>Sends it. A completion that fails breaks the connection off: the client has half a page by then.</summary>
    /// <param name="request">The request.</param>
    /// <param name="decision">Where it was routed.</param>
    /// <param name="answer">What the cache says; its entry has a state.</param>
    /// <param name="prerender">The prerender, which names what completes it.</param>
    public async Task WriteAsync(AdmittedRequest request, RouteDecision decision, CacheAnswer answer, PrerenderAsset prerender)
    {
        var http = request.Http;
        var entry = (PrerenderEntry)answer.Stored!;
        WriteHead(http.Response, decision, answer, entry);
        if (HttpMethods.IsHead(http.Request.Method))
        {
            return;
        }

        // 1. The function begins while the shell is on its way.
        var completing = CompleteAsync(request, decision, prerender, entry.Postponed!.Value);

        // 2. The shell.
        try
        {
            await WriteShellAsync(http, entry);
        }
        catch
        {
            // The client has gone: the function learns of it when its answer is let go.
            _ = LetGoAsync(completing, prerender.OutputPath, request.RequestId);
            throw;
        }

        // 3. The rest.
        await using var reply = await completing;
        if (reply is not { Answered: true, Status: 200 })
        {
            Log.NotCompleted(
                logger,
                prerender.OutputPath,
                request.RequestId,
                reply.Answered ? reply.Status : reply.Failure.Status
            );
            http.Abort();
            return;
        }

        try
        {
            await BodyPump.CopyAsync(reply.Body, http.Response, http.RequestAborted);
        }
        catch (FunctionBodyException exception)
        {
            Log.CompletionBrokenOff(logger, prerender.OutputPath, request.RequestId, exception.Message);
            http.Abort();
        }
    }

    private static async Task WriteShellAsync(HttpContext http, PrerenderEntry entry)
    {
        using var reader = entry.Body.Read();
        while (await reader.ReadAsync(http.RequestAborted) is { IsEmpty: false } piece)
        {
            await http.Response.BodyWriter.WriteAsync(piece, http.RequestAborted);
        }

        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    private async Task LetGoAsync(Task<OriginReply> completing, string path, string requestId)
    {
        try
        {
            await (await completing).DisposeAsync();
        }
        catch (OperationCanceledException)
        {
            // It was never answered.
        }
        catch (Exception exception)
        {
            // Nobody waits for this: what is not logged here is lost.
            Log.NotLetGo(logger, exception, path, requestId);
        }
    }

    private static void WriteHead(HttpResponse response, RouteDecision decision, CacheAnswer answer, PrerenderEntry entry)
    {
        PreparedFields.Of(entry).CopyTo(response.Headers);
        CacheAnswerWriter.WriteHead(response, decision, answer, entry.Status);
        response.Headers.CacheControl = CacheControl;
        // They speak of the shell alone.
        response.Headers.ETag = default;
        response.Headers.LastModified = default;
        response.Headers.ContentLength = null;
    }

    private async Task<OriginReply> CompleteAsync(
        AdmittedRequest request,
        RouteDecision decision,
        PrerenderAsset prerender,
        ReadOnlyMemory<byte> state
    )
    {
        var chain = prerender.Config.Chain!;
        var headers = OutboundHeaders.From(request, decision.RequestHeaders).Identify(request);
        foreach (var name in SharedRequest.Conditions)
        {
            headers.Remove(name);
        }

        headers.Set("x-matched-path", HeaderText.EncodePath(chain.OutputPath));
        headers.Set("content-type", "application/octet-stream");
        foreach (var (name, value) in chain.Headers)
        {
            headers.Set(name, value);
        }

        var path = HeaderText.EncodePath(chain.OutputPath);
        var call = new FunctionRequest
        {
            Method = "POST",
            Target = decision.Query.Length == 0 ? path : $"{path}?{decision.Query}",
            Headers = headers.Lines,
            Body = new MemoryStream(state.ToArray(), writable: false),
            ContentLength = state.Length,
            RequestId = request.RequestId,
        };
        var spec = request.Deployment.SpecOf(BundleOf(request, prerender, chain));
        return await functionOrigin.SendAsync(spec, decision: null, call, request.Http.RequestAborted);
    }

    // Nearly always the prerender's own function.
    private static FunctionBundle BundleOf(AdmittedRequest request, PrerenderAsset prerender, PrerenderChain chain) =>
        chain.OutputPath == prerender.OutputPath
            ? prerender.Bundle
            : request.Deployment.Deployment.Outputs.Find(chain.OutputPath) switch
            {
                PrerenderAsset other => other.Bundle,
                FunctionAsset function => function.Bundle,
                _ => prerender.Bundle,
            };
}
