using Microsoft.AspNetCore.Http;
using Selvedge.Caching.Fields;
using Selvedge.Server.Admission;
using Selvedge.Server.Caching;

namespace Selvedge.Server.Hits;

/// <summary>Shows the cache a plain request's fields as far as the client's are those that its origin would see.</summary>
internal sealed class PlainFields(IHeaderDictionary headers) : IRequestFields
{
    private readonly HttpRequestHeaders _client = new(headers);

    /// <summary>Whether a field was asked for that this server would set or leave out, so that the choice may be wrong.</summary>
    public bool Failed { get; private set; }

    /// <inheritdoc/>
    public string? Get(string name)
    {
        if (RoutedFields.IsSentOn(name))
        {
            return _client.Get(name);
        }

        Failed = true;
        return null;
    }
}
