using Selvedge.Caching.Status;
using Selvedge.Functions;
using Selvedge.Routing;
using Selvedge.Server.Admission;

namespace Selvedge.Server.Answers;

/// <summary>Sends what middleware answered itself.</summary>
internal static class SyntheticAnswer
{
    /// <summary>Streams it to the client.</summary>
    public static async Task SendAsync(AdmittedRequest request, RouteDecision decision)
    {
        var http = request.Http;
        var synthetic = decision.Synthetic!;
        http.Response.StatusCode = decision.Status ?? synthetic.Status;
        AnswerHeaders.CopyFrom(http.Response, synthetic.Headers);
        AnswerHeaders.Finish(http.Response, decision, CacheVerdict.Miss);
        if (synthetic.Body is FunctionResponse { Body: { } body })
        {
            await BodyPump.CopyAsync(body, http.Response, http.RequestAborted);
        }
    }
}
