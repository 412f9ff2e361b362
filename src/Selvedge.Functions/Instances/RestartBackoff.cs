namespace Selvedge.Functions.Instances;

/// <summary>
/// Spaces out the starts of a function that fails to start, or whose instances do not last: the first retry is free to come at once, and
/// from then on the pause doubles up to a limit. An instance that lasts ends it.
/// </summary>
/// <remarks>
/// The caller says what time it is, on a clock that nobody sets, counted from any moment. Not safe for concurrent use.
/// </remarks>
internal sealed class RestartBackoff
{
    /// <summary>The pause after the second failure in a row.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest pause.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>An instance that has lasted this long is none of a series: one start in that time is no burden.</summary>
    public static readonly TimeSpan Lasting = TimeSpan.FromSeconds(5);

    private int _failures;
    private TimeSpan _notBefore;
    private TimeSpan? _readyAt;

    /// <summary>How long to wait until the next attempt; zero or less means now.</summary>
    public TimeSpan Remaining(TimeSpan now) => _failures == 0 ? TimeSpan.Zero : _notBefore - now;

    /// <summary>Records that a start failed, or that an instance did after it was ready.</summary>
    public void Failed(TimeSpan now)
    {
        if (now - _readyAt >= Lasting)
        {
            _failures = 0;
        }

        _readyAt = null;
        _failures++;
        _notBefore = now + Pause(_failures);
    }

    /// <summary>Records that an instance is ready. Only time shows whether that ends the series.</summary>
    public void Ready(TimeSpan now) => _readyAt = now;

    private static TimeSpan Pause(int failures)
    {
        if (failures < 2)
        {
            return TimeSpan.Zero;
        }

        // Past this many doublings the limit holds anyway.
        var doublings = Math.Min(failures - 2, 16);
        var pause = FirstPause * (1 << doublings);
        return pause < LongestPause ? pause : LongestPause;
    }
}
