using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Selvedge.Functions.Wire;

/// <summary>Gives out numbers that cannot be guessed. It draws many at once, for asking the system takes longer than all else here.</summary>
internal sealed class EchoSource
{
    private readonly Lock _gate = new();
    private readonly ulong[] _drawn = new ulong[64];
    private int _left;

    /// <summary>The next one.</summary>
    public Echo Next()
    {
        lock (_gate)
        {
            if (_left == 0)
            {
                RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(_drawn.AsSpan()));
                _left = _drawn.Length;
            }

            return new(_drawn[--_left]);
        }
    }
}
