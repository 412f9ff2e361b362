using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Selvedge.Caching.Storage;
using Selvedge.Server.Answers;
using Selvedge.Server.Hits;

namespace Selvedge.Server.Caching;

/// <summary>A stored response's header fields as they are sent, worked out at its first use.</summary>
internal sealed class PreparedFields
{
    private readonly KeyValuePair<string, StringValues>[] _fields;

    private PreparedFields(KeyValuePair<string, StringValues>[] fields) => _fields = fields;

    /// <summary>The header fields the response was last sent whole with.</summary>
    public SentFields? Sent { get; set; }

    /// <summary>The fields of a stored response, without those that stay inside.</summary>
    public static PreparedFields Of(StoredResponse stored)
    {
        if (stored.Prepared is PreparedFields prepared)
        {
            return prepared;
        }

        // Two first uses at once prepare the same.
        prepared = new PreparedFields([
            .. stored
                .Fields.Where(field => !PrivateHeaders.Contains(field.Key))
                .GroupBy(field => field.Key, field => field.Value, StringComparer.OrdinalIgnoreCase)
                .Select(lines => new KeyValuePair<string, StringValues>(lines.Key, lines.ToArray())),
        ]);
        stored.Prepared = prepared;
        return prepared;
    }

    /// <summary>Puts them on a response.</summary>
    public void CopyTo(IHeaderDictionary headers)
    {
        foreach (var (name, values) in _fields)
        {
            headers[name] = values;
        }
    }
}
