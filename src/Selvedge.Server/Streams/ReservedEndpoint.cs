using Microsoft.AspNetCore.Http;
using Selvedge.Streams.Access;
using Selvedge.Streams.Protocol;
using Selvedge.Streams.Subscriptions;

namespace Selvedge.Server.Streams;

/// <summary>Serves what lies under the reserved segment of a project: what anybody may know, and its subscriptions.</summary>
internal sealed class ReservedEndpoint(
    SubscriptionEndpoint subscriptions,
    SubscriptionHub hub,
    StreamGate gate,
    TimeProvider time
)
{
    private const string Prefix = StreamName.ReservedSegment + "/";

    /// <summary>Answers one request to a reserved id.</summary>
    public Task HandleAsync(HttpContext http, StreamName name)
    {
        var method = http.Request.Method;
        switch (name.Id)
        {
            case Prefix + "health":
                return HealthAnswer.WriteAsync(http);
            case Prefix + "jwks.json":
                return HttpMethods.IsGet(method)
                    ? SubscriptionAnswers.WriteKeysAsync(http, hub.Keys.PublishedAt(time.GetUtcNow()))
                    : StreamError.Method.WriteAsync(http);
            case Prefix + "openapi.json":
                return OpenApiDocument.WriteAsync(http);
        }

        // Whoever works on a wake shows the token of the wake, which the subscription looks at itself.
        if (AnswersAWake(name.Id))
            return subscriptions.HandleAsync(http, name);

        // A subscription follows many streams, so a token for one does not reach it.
        var scope = HttpMethods.IsGet(method) ? AccessScope.Read : AccessScope.Write;
        var grant = gate.Admit(http, name.Project, scope, streamId: null);
        return grant.Refusal is { } refusal ? refusal.WriteAsync(http) : subscriptions.HandleAsync(http, name);
    }

    private static bool AnswersAWake(string id) => id.Split('/') is [_, "subscriptions", _, "callback" or "ack" or "release"];
}
