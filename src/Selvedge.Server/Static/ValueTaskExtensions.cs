using System.IO.Pipelines;

namespace Selvedge.Server.Static;

/// <summary>Lets a write that completed at once cost no task.</summary>
internal static class ValueTaskExtensions
{
    /// <summary>The write as a task; a completed one is shared.</summary>
    public static Task GetAsTask(this ValueTask<FlushResult> write)
    {
        if (write.IsCompletedSuccessfully)
        {
            _ = write.Result;
            return Task.CompletedTask;
        }

        return write.AsTask();
    }
}
