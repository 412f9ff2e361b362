using Microsoft.AspNetCore.Http;

namespace Selvedge.Server.Errors;

/// <summary>Why an origin gave no answer; nothing has been sent to the client yet.</summary>
/// <param name="Status">The status to answer with.</param>
/// <param name="Code">One of <see cref="ErrorCodes"/>.</param>
internal sealed record OriginFailure(int Status, string Code)
{
    /// <summary>What to answer to a request whose body the server refused while it was read.</summary>
    public static OriginFailure Of(BadHttpRequestException exception) =>
        new(
            exception.StatusCode,
            exception.StatusCode is StatusCodes.Status413PayloadTooLarge ? ErrorCodes.PayloadTooLarge : ErrorCodes.BadRequest
        );
}
