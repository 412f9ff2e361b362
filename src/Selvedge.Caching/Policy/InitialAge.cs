using Selvedge.Caching.Fields;

namespace Selvedge.Caching.Policy;

/// <summary>How old a response is when it arrives (RFC 9111 section 4.2.3).</summary>
internal static class InitialAge
{
    /// <summary>The corrected initial age.</summary>
    public static TimeSpan Of(ResponseFacts response)
    {
        var age = ReadAge(FieldLines.Combined(response.Fields, "age"));
        var date = HttpDate.Parse(FieldLines.Combined(response.Fields, "date"), response.ResponseTime);
        var apparent = date is { } sent ? response.ResponseTime - sent : TimeSpan.Zero;
        var corrected = age + (response.ResponseTime - response.RequestTime);
        return Greatest(TimeSpan.Zero, apparent, corrected);
    }

    // Of a list the first member counts, and a member that is no number is ignored (RFC 9111 section 5.1). A number with parameters
    // is still a number: who sent it meant that age, and to ignore it would make an old response young.
    private static TimeSpan ReadAge(string? field)
    {
        if (field is null)
        {
            return TimeSpan.Zero;
        }

        var end = field.IndexOf(',');
        var first = end < 0 ? field.AsSpan() : field.AsSpan(0, end);
        var parameters = first.IndexOf(';');
        first = (parameters < 0 ? first : first[..parameters]).Trim(" \t");
        if (first.IsEmpty || first.ContainsAnyExceptInRange('0', '9'))
        {
            return TimeSpan.Zero;
        }

        var known = long.TryParse(first, out var seconds);
        return TimeSpan.FromSeconds(
            known ? Math.Min(seconds, CacheControlField.LongestSeconds) : CacheControlField.LongestSeconds
        );
    }

    private static TimeSpan Greatest(TimeSpan first, TimeSpan second, TimeSpan third)
    {
        var greater = first > second ? first : second;
        return greater > third ? greater : third;
    }
}
