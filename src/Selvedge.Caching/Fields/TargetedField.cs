namespace Selvedge.Caching.Fields;

/// <summary>Parses a targeted cache control field such as <c>CDN-Cache-Control</c> (RFC 9213).</summary>
/// <remarks>
/// These fields are structured dictionaries and parsed strictly: one that is empty, malformed, or gives a known directive a
/// value of the wrong type is ignored whole, and the next field in line decides (RFC 9213 section 2.1).
/// </remarks>
public static class TargetedField
{
    /// <summary>Parses a field, all its lines joined.</summary>
    /// <returns><see langword="false"/> if the field must be ignored.</returns>
    public static bool TryParse(string field, out CacheDirectives directives)
    {
        directives = CacheDirectives.None;
        if (!StructuredDictionary.TryParse(field, out var members) || members.Count == 0)
        {
            return false;
        }

        foreach (var (name, value) in members)
        {
            if (!TryAdd(ref directives, name, value))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryAdd(ref CacheDirectives so, string name, StructuredValue value)
    {
        switch (name)
        {
            case DirectiveName.MaxAge:
            case DirectiveName.SharedMaxAge:
            case DirectiveName.StaleWhileRevalidate:
            case DirectiveName.StaleIfError:
                return TryAddSeconds(ref so, name, value);
            case DirectiveName.NoCache:
            case DirectiveName.Private:
                return TryAddSharing(ref so, name, value);
            case DirectiveName.NoStore:
            case DirectiveName.Public:
            case DirectiveName.MustRevalidate:
            case DirectiveName.ProxyRevalidate:
            case DirectiveName.MustUnderstand:
                return TryAddFlag(ref so, name, value);
            default:
                // An unknown directive means nothing, whatever its value (RFC 9111 section 5.2.3).
                return true;
        }
    }

    private static bool TryAddSeconds(ref CacheDirectives so, string name, StructuredValue value)
    {
        if (value.Kind is not StructuredKind.Integer)
        {
            return false;
        }

        var seconds = Math.Clamp(value.Integer, 0, CacheControlField.LongestSeconds);
        so = name switch
        {
            DirectiveName.MaxAge => so with { MaxAge = seconds },
            DirectiveName.SharedMaxAge => so with { SharedMaxAge = seconds },
            DirectiveName.StaleWhileRevalidate => so with { StaleWhileRevalidate = seconds },
            _ => so with { StaleIfError = seconds },
        };
        return true;
    }

    private static bool TryAddSharing(ref CacheDirectives so, string name, StructuredValue value)
    {
        if (value.Kind is StructuredKind.Text)
        {
            so = so with { UnsharedFields = [.. so.UnsharedFields, .. FieldList.Split(value.Text)] };
            return true;
        }

        return TryAddFlag(ref so, name, value);
    }

    private static bool TryAddFlag(ref CacheDirectives so, string name, StructuredValue value)
    {
        if (value.Kind is not StructuredKind.Boolean)
        {
            return false;
        }

        if (value.Boolean)
        {
            so = name switch
            {
                DirectiveName.NoStore => so with { NoStore = true },
                DirectiveName.NoCache => so with { NoCache = true },
                DirectiveName.Private => so with { Private = true },
                DirectiveName.Public => so with { Public = true },
                DirectiveName.MustRevalidate => so with { MustRevalidate = true },
                DirectiveName.ProxyRevalidate => so with { ProxyRevalidate = true },
                _ => so with { MustUnderstand = true },
            };
        }

        return true;
    }
}
