using Selvedge.Caching.Fields;

namespace Selvedge.Caching.Origins;

/// <summary>A GET that is ready to be sent on behalf of everybody who waits for its answer.</summary>
/// <remarks>It holds nothing of the client's connection, because it may outlive the client.</remarks>
public interface IOriginCall
{
    /// <summary>The request's header fields as the origin sees them, for <c>Vary</c>.</summary>
    IRequestFields Fields { get; }

    /// <summary>Sends it. May be called again, once, without validators.</summary>
    /// <param name="validators">What to make it conditional on.</param>
    /// <param name="cancellationToken">
    /// Cancelled when nobody wants the answer any more; of no effect once the headers have arrived.
    /// </param>
    ValueTask<OriginReply> SendAsync(Validators? validators, CancellationToken cancellationToken);
}
