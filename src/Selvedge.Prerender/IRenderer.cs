using Selvedge.Caching.Origins;

namespace Selvedge.Prerender;

/// <summary>Runs a prerender's function.</summary>
public interface IRenderer
{
    /// <summary>Calls it and returns when the headers of its answer are there. The caller disposes the reply.</summary>
    /// <param name="order">What to render.</param>
    /// <param name="cancellationToken">Cancelled when the server ends.</param>
    /// <returns>The answer, or why there is none; nothing is thrown for what a function does.</returns>
    ValueTask<OriginReply> RenderAsync(RenderOrder order, CancellationToken cancellationToken);
}
