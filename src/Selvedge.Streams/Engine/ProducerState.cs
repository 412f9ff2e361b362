using System.Runtime.InteropServices;

namespace Selvedge.Streams.Engine;

/// <summary>How far an idempotent producer has come in one stream.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ProducerState(long Epoch, long LastSequence);
