using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Selvedge.Functions.Tests.Support;

/// <summary>Signals to the processes of a host.</summary>
internal static partial class Signals
{
    /// <summary>The process of the instance that started last.</summary>
    public static int LastProcess(TestHost host) => Processes(host)[^1];

    /// <summary>The processes of all instances, in the order of their start.</summary>
    public static int[] Processes(TestHost host) =>
        [.. host.Logs.Entries.Where(entry => entry.Event.Name == "InstanceReady").Select(ProcessOf)];

    /// <summary>The process that a log entry speaks of.</summary>
    public static int ProcessOf(LogEntry entry) =>
        int.Parse(ProcessNumber().Match(entry.Text).Value, CultureInfo.InvariantCulture);

    /// <summary>Sends a signal to the process of the instance that started last.</summary>
    public static void Send(TestHost host, string signal) => Send(LastProcess(host), signal);

    /// <summary>Sends a signal to a process.</summary>
    public static void Send(int process, string signal)
    {
        using var kill = Process.Start(
            "kill",
            ["-s", signal.Replace("SIG", "", StringComparison.Ordinal), process.ToString(CultureInfo.InvariantCulture)]
        );
        kill.WaitForExit();
    }

    [GeneratedRegex("(?<=[Pp]rocess )[0-9]+")]
    private static partial Regex ProcessNumber();
}
