using Microsoft.AspNetCore.Http;
using Selvedge.Server.Admission;
using Selvedge.Server.Answers;
using Selvedge.Server.Errors;

namespace Selvedge.Server.Hosting;

/// <summary>Answers what is no stream's on a server without a deployment.</summary>
internal sealed class NoSite(RequestIds requestIds)
{
    /// <summary>Says that nothing is here.</summary>
    public Task InvokeAsync(HttpContext http)
    {
        var requestId = requestIds.Next();
        AnswerHeaders.Identify(http.Response, requestId);
        return ErrorPage.WriteAsync(http, StatusCodes.Status404NotFound, ErrorCodes.NotFound, requestId);
    }
}
