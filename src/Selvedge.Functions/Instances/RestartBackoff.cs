namespace Selvedge.Functions.Instances;

/// <summary>
/// Spaces out the attempts to start a function that fails to start: the first retry is free to come at once, and from then on the pause
/// doubles up to a limit. A start that succeeds ends it.
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

    private int _failures;
    private TimeSpan _notBefore;

    /// <summary>How long to wait until the next attempt; zero or less means now.</summary>
    public TimeSpan Remaining(TimeSpan now) => _failures == 0 ? TimeSpan.Zero : _notBefore - now;

    /// <summary>Records a failed start.</summary>
    public void Failed(TimeSpan now)
    {
        _failures++;
        _notBefore = now + Pause(_failures);
    }

    /// <summary>Records a start that succeeded.</summary>
    public void Succeeded() => _failures = 0;

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
