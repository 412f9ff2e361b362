using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Selvedge.Streams;
using Selvedge.Streams.Access;
using Selvedge.Streams.Projects;
using Selvedge.Streams.Protocol;

namespace Selvedge.Server.Streams;

/// <summary>Asks those who use streams who they are, before anything is looked up in a cache: what a cache holds is asked for like the rest.</summary>
internal sealed class StreamGate(
    ProjectRegistry projects,
    IStreamStore store,
    StreamOptions options,
    TimeProvider time,
    ILogger logger
)
{
    private readonly bool _isOpen = options.Auth is StreamAuth.None;

    /// <summary>Decides about a request to a stream.</summary>
    public async ValueTask<StreamGrant> AdmitAsync(HttpContext http, StreamName name)
    {
        var request = http.Request;
        var presented = PresentedSecrets.TakeFrom(request);
        if (_isOpen)
            return StreamGrant.Open;
        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (!isRead)
        {
            var granted = Admit(presented.Token, name.Project, AccessScope.Write, name.Id);
            return granted.Refusal is null && ForksAnother(request, granted, name)
                ? new StreamGrant(AccessRefusal.OtherStream, null)
                : granted;
        }

        // A public stream is public however it is asked for, so that all its readers share one answer.
        var project = projects.Find(name.Project);
        var stream = (await store.FindAsync(name.Key, StreamUse.Peek, http.RequestAborted)).Stream;
        if (project is { IsPublic: true })
            return StreamGrant.Open;
        if (project is not null && stream is { Config.IsPublic: true })
            return new StreamGrant(null, null) { OnlyIncarnation = stream.Id };

        var grant = Admit(presented.Token, name.Project, AccessScope.Read, name.Id);
        return grant.Refusal is not null || stream is null || project is null
            ? grant
            : AdmitPrivate(http, grant, presented.ReaderKey, project.ReaderKeyOf(stream));
    }

    /// <summary>Decides about a request to something else of a project.</summary>
    /// <param name="http">The request.</param>
    /// <param name="project">The project.</param>
    /// <param name="scope">What the token must let its bearer do.</param>
    /// <param name="streamId">The stream it is about; null if it is about more than one, which tokens for one stream are refused for.</param>
    public StreamGrant Admit(HttpContext http, string project, AccessScope scope, string? streamId)
    {
        var presented = PresentedSecrets.TakeFrom(http.Request);
        return _isOpen ? StreamGrant.Open : Admit(presented.Token, project, scope, streamId);
    }

    /// <summary>Tells whoever made a private stream its reader key.</summary>
    public async ValueTask TellReaderKeyAsync(HttpContext http, StreamName name)
    {
        if (_isOpen || http.Response.HasStarted || http.Response.StatusCode is not (200 or 201))
            return;
        var project = projects.Find(name.Project);
        var stream = (await store.FindAsync(name.Key, StreamUse.Peek, http.RequestAborted)).Stream;
        if (project is { IsPublic: false } && stream is { Config.IsPublic: false })
            http.Response.Headers[StreamHeaders.ReaderKey] = project.ReaderKeyOf(stream);
    }

    private StreamGrant Admit(string? token, string project, AccessScope scope, string? streamId)
    {
        var grant = Verify(token, project, scope, streamId);
        if (grant.Refusal is { } refusal)
            Log.Refused(logger, project, refusal.Code);
        return grant;
    }

    private StreamGrant Verify(string? token, string project, AccessScope scope, string? streamId)
    {
        if (token is null)
            return new StreamGrant(AccessRefusal.Missing, null);
        var secrets = projects.Find(project)?.Secrets ?? [];
        var outcome = TokenVerifier.Verify(token, project, secrets, time.GetUtcNow(), out var claims);
        var grant = new StreamGrant(AccessRefusal.Of(outcome), claims);
        return grant.Refusal is not null ? grant
            : claims!.Scope < scope ? grant with { Refusal = AccessRefusal.OfScope(scope) }
            : grant.Excludes(streamId) ? grant with { Refusal = AccessRefusal.OtherStream }
            : grant;
    }

    /// <summary>Lets a reader of a private stream in, and sees to it that no cache on the way gives the answer to others.</summary>
    private static StreamGrant AdmitPrivate(HttpContext http, StreamGrant grant, string? readerKey, string expected)
    {
        if (HttpMethods.IsHead(http.Request.Method))
            http.Response.Headers[StreamHeaders.ReaderKey] = expected;
        if (readerKey is null)
            PrivateLifetime.Keep(http.Response);
        else if (!ReaderKey.Matches(readerKey, expected))
            return grant with { Refusal = AccessRefusal.ReaderKey };
        return grant;
    }

    /// <summary>A fork reads its source for ever, so a token for one stream makes forks of no other.</summary>
    private static bool ForksAnother(HttpRequest request, in StreamGrant grant, StreamName name)
    {
        string? source = request.Headers[StreamHeaders.ForkedFrom];
        return source is not null
            && grant.Claims?.StreamId is not null
            && (!StreamName.TryParseEncoded(source, out var from) || from.Project != name.Project || grant.Excludes(from.Id));
    }
}
