// SPDX-License-Identifier: Apache-2.0

/// A diagram as boxes in layers: each frame is one box with a row a node, so that frames never overlap; labels are items of
/// their own, so that they never overlap either.
///
/// All edges with one target and one label are one bundle: a trunk that its sources join on the way. A trunk has one target
/// only, so whoever follows a line from a source finds where it leads.
struct LayoutGraph {
    /// Where an edge ends: a box, and how far below its top.
    struct Port: Hashable {
        let item: Int
        /// The row in the box; nil: the box itself.
        let row: Int?
    }

    /// Something that takes room in a layer.
    struct Item {
        enum Role: Hashable {
            /// A frame or a node that stands alone.
            case box
            /// The label of a bundle.
            case chip
            /// A bundle on its way through a layer.
            case pass
        }

        let role: Role
        var layer: Int
        let width: Double
        let height: Double
        /// How far below its top each row's middle is; rows may be put in another order, unless theirs means something.
        var rows: [Double] = []
        var keepsRows = false
        /// How far below its top edges of the whole box end.
        let anchor: Double
    }

    /// A piece of an edge from one layer to the next.
    struct Segment: Hashable {
        let left: Port
        let right: Port
        let bundle: Int
    }

    /// Edges with one target and one label.
    struct Bundle {
        let target: Port
        /// The edges' numbers in the diagram.
        var edges: [Int]
        /// Label and passes, nearest the target first.
        var stations: [Int] = []
        /// 1 when sources stand right of the target, else −1.
        let side: Int
    }

    var items: [Item]
    var segments: [Segment] = []
    var bundles: [Bundle] = []
    /// Items by layer, in the order of drawing.
    var layers: [[Int]] = []

    /// How far below its item's top a port is.
    func offset(_ port: Port) -> Double {
        let item = items[port.item]
        guard let row = port.row, item.rows.indices.contains(row) else { return item.anchor }
        return item.rows[row]
    }
}
