namespace Selvedge.Streams.Protocol;

/// <summary>Where a read begins: the <c>offset</c> query parameter, understood.</summary>
/// <param name="IsNow">The client asked for <c>now</c>, the tail at the moment of the request.</param>
/// <param name="Position">The position asked for; 0 for <c>-1</c>, an omitted offset, and <c>now</c>.</param>
public readonly record struct ReadFrom(bool IsNow, long Position)
{
    /// <summary>Understands <c>-1</c>, <c>now</c> and offsets this server emits.</summary>
    public static bool TryParse(string text, out ReadFrom from)
    {
        from = default;
        if (text == "-1")
            return true;
        if (text == "now")
        {
            from = new ReadFrom(IsNow: true, 0);
            return true;
        }

        if (!StreamOffset.TryParse(text, out var position))
            return false;
        from = new ReadFrom(IsNow: false, position);
        return true;
    }
}
