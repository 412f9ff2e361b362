namespace Selvedge.Prerender;

/// <summary>What a request wants of a prerender.</summary>
public enum PrerenderDemand
{
    /// <summary>An answer, as a visitor does.</summary>
    Visit,

    /// <summary>A new answer: the header <c>x-prerender-revalidate</c> with the prerender's own token.</summary>
    Revalidate,

    /// <summary>A new answer if there is one already: <c>x-prerender-revalidate-if-generated</c> beside the token.</summary>
    RevalidateIfGenerated,
}
