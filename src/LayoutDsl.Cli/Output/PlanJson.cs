using System.Linq;
using System.Text.Json.Nodes;
using LayoutDsl.Model;
using LayoutDsl.Planning;
using LayoutDsl.Planning.Blocks;
using LayoutDsl.Text;

namespace LayoutDsl.Cli.Output;

/// <summary>A plan as JSON. Addresses and sizes are numbers, in bytes.</summary>
internal static class PlanJson
{
    public static JsonObject ToJson(LayoutPlan plan) => new()
    {
        ["name"] = plan.Name,
        ["architecture"] = plan.Architecture,
        ["page"] = plan.Page,
        ["entry"] = plan.Entry,
        ["regions"] = Array(plan.Regions, r => new JsonObject { ["name"] = r.Name, ["permissions"] = r.Permissions.ToLetters(), ["origin"] = r.Origin, ["length"] = r.Length }),
        ["sections"] = Array(plan.Sections, s => new JsonObject { ["name"] = s.Name, ["permissions"] = s.Permissions.ToLetters(), ["zero"] = s.IsZero, ["table"] = s.IsTable }),
        ["symbols"] = Array(plan.Symbols, s => new JsonObject { ["name"] = s.Name, ["value"] = s.Value }),
        ["indirections"] = Array(plan.Indirections, i => new JsonObject { ["symbol"] = i.Symbol, ["reason"] = i.Reason.ToText(), ["images"] = i.Images, ["gainPages"] = i.Gain }),
        ["libraries"] = Array(plan.Libraries, l => new JsonObject { ["name"] = l.Name, ["images"] = l.ImageCount, ["perImage"] = l.IsPerImage, ["slots"] = Array(l.Slots, ToJson) }),
        ["images"] = Array(plan.Images, i => ToJson(plan, i)),
    };

    private static JsonObject ToJson(LayoutPlan plan, ImagePlan image)
    {
        var json = new JsonObject
        {
            ["name"] = image.Name,
            ["instances"] = image.Instances,
            ["libraries"] = Array(image.Libraries, l => JsonValue.Create(l)),
            ["slots"] = Array(image.Slots, ToJson),
        };
        if (AslrEntropy.Of(plan, image) is not { } entropy) return json;
        json["moves"] = Array(image.Moves, m => new JsonObject { ["owner"] = m.Owner, ["region"] = m.Region, ["distance"] = unchecked((long)m.Distance) });
        json["symbols"] = Array(image.Symbols, s => new JsonObject { ["name"] = s.Name, ["value"] = s.Value });
        json["libraryBits"] = System.Math.Round(entropy.LibraryBits, 4);
        json["imageBits"] = System.Math.Round(entropy.ImageBits, 4);
        return json;
    }

    private static JsonObject ToJson(SlotPlan slot)
    {
        var json = new JsonObject
        {
            ["section"] = slot.Section,
            ["output"] = slot.OutputSection,
            ["region"] = slot.Region,
            ["address"] = slot.Address,
            ["size"] = slot.Size,
            ["reserved"] = slot.Reserved,
            ["alignment"] = slot.Alignment,
        };
        if (slot.Part.Length > 0)
        {
            json["part"] = slot.Part;
            json["images"] = Array(slot.Images, i => JsonValue.Create(i));
        }

        return json;
    }

    private static JsonArray Array<T>(EquatableArray<T> items, System.Func<T, JsonNode?> convert)
        where T : System.IEquatable<T> => new(items.Select(convert).ToArray());
}
