using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Selvedge.BuildOutput;
using Selvedge.Prerender;

namespace Selvedge.Server.Prerender;

/// <summary>Reads from a request whether it may ask for a page to be rendered anew, and does.</summary>
internal static class PrerenderDemands
{
    /// <summary>The header that carries the prerender's token.</summary>
    public const string TokenHeader = "x-prerender-revalidate";

    private const string IfGeneratedHeader = "x-prerender-revalidate-if-generated";

    /// <summary>What a request wants of a prerender. The token is compared in constant time; a wrong one makes it a visit.</summary>
    public static PrerenderDemand Of(HttpRequest request, PrerenderAsset prerender)
    {
        var presented = request.Headers[TokenHeader];
        if (presented.Count == 0 || prerender.Config.BypassToken is not { Length: > 0 } token)
        {
            return PrerenderDemand.Visit;
        }

        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(presented.ToString()), Encoding.UTF8.GetBytes(token)))
        {
            return PrerenderDemand.Visit;
        }

        return request.Headers[IfGeneratedHeader].Count > 0 ? PrerenderDemand.RevalidateIfGenerated : PrerenderDemand.Revalidate;
    }
}
