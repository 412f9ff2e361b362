namespace Selvedge.Functions.Wire;

/// <summary>What a frame says. The values are those on the wire.</summary>
internal enum FrameKind : byte
{
    /// <summary>As many bytes as its number says follow: the next ones of the channel.</summary>
    Data = 0,

    /// <summary>The sender has taken as many bytes as its number says, and the other side may send as many more.</summary>
    Credit = 1,

    /// <summary>The server has opened the channel.</summary>
    Open = 2,

    /// <summary>
    /// The sender has closed the channel, and what still arrives for it is dropped. From the process its number says how many bytes had
    /// arrived, modulo 2²⁴, so that the server knows of what it sent last whether anybody has seen it.
    /// </summary>
    Close = 3,
}
