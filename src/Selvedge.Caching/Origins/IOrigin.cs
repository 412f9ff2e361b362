namespace Selvedge.Caching.Origins;

/// <summary>Where the answers to one client's request come from.</summary>
public interface IOrigin
{
    /// <summary>
    /// Prepares a GET for the whole response: without the client's conditions and ranges, and independent of the client's
    /// connection from here on.
    /// </summary>
    IOriginCall Compose();

    /// <summary>Sends the client's request as it is, its body and conditions included, for this client only.</summary>
    ValueTask<OriginReply> PassAsync(CancellationToken cancellationToken);
}
