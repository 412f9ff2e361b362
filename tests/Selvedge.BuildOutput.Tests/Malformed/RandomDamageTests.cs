using System.Text;

namespace Selvedge.BuildOutput.Tests.Malformed;

/// <summary>Whatever bytes a configuration holds, reading it ends with a deployment or with faults.</summary>
public sealed class RandomDamageTests
{
    private const int Rounds = 60;

    [Theory]
    [InlineData("config.json", 1)]
    [InlineData(SoundOutput.NodeFile, 2)]
    [InlineData(SoundOutput.EdgeFile, 3)]
    [InlineData(SoundOutput.PrerenderFile, 4)]
    public async Task Output_WithRandomDamage_IsReadOrHasFaults(string file, int seed)
    {
        using var output = SoundOutput.Create();
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            var text = Damage(Encoding.UTF8.GetBytes(SoundOutput.Files[file]), random);
            output.File(file, text);

            var result = await output.ReadAsync();

            var sound = result.Deployment is not null;
            Assert.True(sound == (result.Faults.Count == 0), $"Seed {seed}, round {round}: {Encoding.UTF8.GetString(text)}");
            Assert.All(result.Faults, static fault => Assert.True(fault.File.Length > 0 && fault.Message.Length > 0));
        }
    }

    // Structural characters are what parsers stumble over.
    private static byte[] Damage(byte[] text, Random random)
    {
        var alphabet = "{}[]\",:\\0123456789.eE-tfn \0\u00ff/"u8;
        var damaged = text.ToList();
        for (var change = random.Next(1, 4); change > 0; change--)
        {
            var at = random.Next(damaged.Count);
            switch (random.Next(3))
            {
                case 0:
                    damaged[at] = alphabet[random.Next(alphabet.Length)];
                    break;
                case 1:
                    damaged.RemoveAt(at);
                    break;
                default:
                    damaged.Insert(at, alphabet[random.Next(alphabet.Length)]);
                    break;
            }
        }

        return [.. damaged];
    }
}
