namespace Selvedge.Routing.Requests;

/// <summary>Says whether a path can be trusted to stay where it is: no way up, nothing that hides one.</summary>
internal static class PathSafety
{
    /// <summary>
    /// Whether a path begins with a slash, has no segment that means "here" or "up" in any encoding, and no NUL, control character,
    /// or octet that no UTF-8 has.
    /// </summary>
    public static bool IsSafe(string path)
    {
        if (path.Length == 0 || path[0] != '/')
            return false;
        if (!path.AsSpan().ContainsAny('.', '%', '\\') && !HasControl(path))
            return true;

        var dots = 0;
        var others = 0;
        for (var i = 0; i < path.Length; i++)
        {
            var c = path[i] == '%' ? Decode(path, ref i) : path[i];
            if (c is '\0' or '\uffff' || (path[i] == c && (c < ' ' || c == '\x7f')))
                return false;
            if (c is '/' or '\\')
            {
                if (IsDotSegment(dots, others))
                    return false;
                (dots, others) = (0, 0);
            }
            else if (c == '.')
            {
                dots++;
            }
            else
            {
                others++;
            }
        }

        return !IsDotSegment(dots, others);
    }

    private static bool HasControl(string path)
    {
        foreach (var c in path)
        {
            if (c is < ' ' or '\x7f')
                return true;
        }

        return false;
    }

    private static bool IsDotSegment(int dots, int others) => others == 0 && dots is (1 or 2);

    /// <summary>The octet of an escape, moving to its end; U+FFFF for one that no UTF-8 has (overlong forms begin with those).</summary>
    private static char Decode(string path, ref int i)
    {
        if (i + 2 >= path.Length || !char.IsAsciiHexDigit(path[i + 1]) || !char.IsAsciiHexDigit(path[i + 2]))
            return '%';

        var octet = Convert.FromHexString(path.AsSpan(i + 1, 2))[0];
        i += 2;
        return octet is 0xc0 or 0xc1 or >= 0xf5 ? '\uffff' : (char)octet;
    }
}
