namespace Selvedge.Streams.Storage;

/// <summary>A flat directory of files: all the log engine asks of a disk, and the seam at which tests break one.</summary>
internal interface IStorageDevice
{
    IReadOnlyList<string> List();

    IStorageFile Open(string name);

    /// <summary>Makes an empty file, in the place of one of that name if there is one.</summary>
    IStorageFile Create(string name);

    /// <summary>Gives a file another name, in the place of one that has it.</summary>
    void Rename(string from, string to);

    void Delete(string name);

    /// <summary>Makes creations, renames and deletions so far survive a loss of power.</summary>
    void SyncDirectory();
}
