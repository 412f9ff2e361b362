namespace Selvedge.Prerender.Policy;

/// <summary>What is done for a request for a prerender.</summary>
public enum PrerenderAction
{
    /// <summary>Render, and let the client wait: <c>MISS</c>.</summary>
    Wait,

    /// <summary>Answer with the entry: <c>HIT</c>, or <c>PRERENDER</c> if it is the build's and nobody had it yet.</summary>
    Answer,

    /// <summary>Answer with the entry, and render anew in the background: <c>STALE</c>.</summary>
    AnswerAndRegenerate,

    /// <summary>Answer with the build's shell for pages that are not there yet, and render the page in the background: <c>PRERENDER</c>.</summary>
    AnswerWithShell,

    /// <summary>Render now because the request has the right to ask for it, and answer with the result: <c>REVALIDATED</c>.</summary>
    Revalidate,

    /// <summary>Do nothing: the request wants only what has been rendered before to be rendered again. 404.</summary>
    Refuse,
}
